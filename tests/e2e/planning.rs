//! A trainer plans classes from a generated campaign: who goes to which class in which week, what
//! is changed by hand, and what leaves as files.

mod full_desk;

use e2e::{Device, Screen, Way, both_ways};
use full_desk::{Generated, full_desk};
use phieu_xa::domain::plan::{Plan, Planning, default_courses};
use thirtyfour::prelude::*;

const SEED: u64 = 7;

/// The desk at its class plan, with the campaign open and every response taken in.
async fn planning_desk(way: Way, screen: Screen) -> (Device, Generated) {
    let (device, made) = full_desk(way, screen, SEED).await;
    device.go("#/ban/ke-hoach").await;
    device.find("plan-lead").await;
    (device, made)
}

/// The plan without places: how many people need what does not hang on where they are.
fn expected(made: &Generated) -> Plan {
    let courses = default_courses(&made.form, "vi");
    Plan::make(&made.form, &Planning::default(), &courses, &[], &made.dataset.current())
}

async fn choose_option(device: &Device, select: &str, value: &str) {
    let option = format!("[id='{select}'] option[value='{value}']");
    let option = device.driver.query(By::Css(&option)).first().await.expect("the option is there");
    option.click().await.expect("the option can be chosen");
}

async fn seats(device: &Device, class: u32) -> Vec<String> {
    let css = format!("#class-{class} .seat");
    let found = device.driver.find_all(By::Css(&css)).await.expect("the page can be searched");
    let mut roots = Vec::new();
    for seat in found {
        roots.push(seat.attr("data-root").await.unwrap().unwrap_or_default());
    }
    roots
}

async fn people_of(device: &Device, class: u32) -> usize {
    let text = device.text(&format!("class-{class}-people")).await;
    text.split(' ').next().unwrap().parse().expect("a number of people")
}

/// Two classes at least: none may have more than twelve people.
async fn make_small_classes(device: &Device) {
    for (field, number) in [("plan-floor", "2"), ("plan-cap", "12")] {
        let field = device.find(field).await;
        // What is there is written over: an empty field would count as a number too.
        field.send_keys(Key::Control + "a").await.expect("keys are taken");
        field.send_keys(number).await.expect("keys are taken");
        field.send_keys(Key::Tab).await.expect("keys are taken");
    }
    device.click("plan-split-family").await;
    device.click("plan-split-place").await;
    device.find("class-2").await;
}

async fn who_needs_which_course_is_counted_and_a_person_is_moved(way: Way) {
    let (device, made) = planning_desk(way, Screen::Laptop).await;
    let expected = expected(&made);
    device.wait_for_text("plan-lead", &made.dataset.len().to_string()).await;
    let in_classes = expected.people_in_classes().to_string();
    device.wait_for_exact_text("plan-people", &in_classes).await;
    make_small_classes(&device).await;
    device.click("plan-protected").await;
    device.click("class-1-who").await;
    device.driver.query(By::Css("#class-1 .seat")).first().await.expect("people are there");
    let (before, other) = (people_of(&device, 1).await, people_of(&device, 2).await);
    let root = seats(&device, 1).await.first().cloned().expect("somebody");
    choose_option(&device, &format!("move-{root}"), "2").await;
    device.wait_for_text("class-1-people", &(before - 1).to_string()).await;
    device.wait_for_text("class-2-people", &(other + 1).to_string()).await;
    device.wait_for_text("plan-moves", "Lớp 2").await;

    // It is there at the next visit, and can be taken back.
    device.go("#/ban/nguoi-tra-loi").await;
    device.go("#/ban/ke-hoach").await;
    device.wait_for_text("class-1-people", &(before - 1).to_string()).await;
    device.click("plan-take-back-0").await;
    device.wait_for_text("class-1-people", &before.to_string()).await;
    device.close().await;
}

async fn a_class_goes_to_another_week_and_everything_leaves_as_files(way: Way) {
    let (device, made) = planning_desk(way, Screen::Laptop).await;
    make_small_classes(&device).await;
    choose_option(&device, "class-1-week", "9").await;
    device.wait_for_text("week-9", "Lớp 1").await;
    device.wait_for_text("plan-moves", "tuần 9").await;
    let (_, classes) = device.download("plan-classes").await;
    let classes = String::from_utf8(classes).unwrap();
    assert!(classes.starts_with("course,course_name,tags,days,"), "{classes}");
    let (_, participants) = device.download("plan-participants").await;
    let participants = String::from_utf8(participants).unwrap();
    let expected: usize = expected(&made).courses.iter().map(|course| course.people).sum();
    assert_eq!(participants.lines().count(), expected + 1);
    device.close().await;
}

async fn a_course_is_changed_and_what_it_leaves_out_is_said(way: Way) {
    let (device, _) = planning_desk(way, Screen::Laptop).await;
    device.click("plan-show-k-F").await;
    device.wait_for_text("plan-course-name", "Số").await;
    device.click("course-edit").await;
    choose_option(&device, "course-covers-F1", "0").await;
    device.wait_for_text("plan-left", "F1").await;
    device.click("plan-add-course").await;
    device.wait_for_text("plan-course-summary", "chưa dạy năng lực nào").await;
    device.click("plan-reset-courses").await;
    device.wait_for_text("plan-left", "Không có năng lực nào").await;
    device.close().await;
}

both_ways!(
    who_needs_which_course_is_counted_and_a_person_is_moved,
    a_class_goes_to_another_week_and_everything_leaves_as_files,
    a_course_is_changed_and_what_it_leaves_out_is_said,
);
