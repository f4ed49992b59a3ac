//! A trainer tries a form of her own out at the desk, before anybody gets it.

use e2e::{Device, Screen, Way, both_ways, repository_file};
use thirtyfour::prelude::*;

/// The keys, as WebDriver has them among the characters.
const ENTER: &str = "\u{e007}";
const BACKSPACE: &str = "\u{e003}";

async fn a_form_with_courses_is_tried_out_with_its_rules_in_sight(way: Way) {
    let device = Device::open(way, Screen::Laptop, "#/ban/phieu-hoi").await;
    device.wait_for_text("step-thu-phieu", "0").await;
    device.unplug();
    let asked_before = device.requests();
    let sheets = ["survey", "choices", "settings"]
        .map(|sheet| repository_file(&format!("tests/data/forms/khoa-hoc/{sheet}.csv")));
    device.choose("form-files", &sheets).await;
    device.wait_for_exact_text("form-title", "Khóa học đã dự").await;

    device.click("preview").await;
    device.click("start").await;
    device.type_into("q-ten", &format!("Lò Thị Mai{ENTER}")).await;
    device.wait_for_text("q-tuoi-label", "Chào Lò Thị Mai").await;
    device.type_into("q-tuoi", "12").await;
    device.wait_for_exact_text("rule-tuoi-constraint", "sai").await;
    device.wait_for_exact_text("rule-khoa-relevant", "sai").await;
    device.type_into("q-tuoi", &format!("{BACKSPACE}{BACKSPACE}45")).await;
    device.wait_for_exact_text("rule-khoa-relevant", "đúng").await;

    // Two courses; back into the first; one is taken away. Mostly by Enter: two clicks on one
    // place in no time are one double click. Five days bring a further question onto the screen,
    // where Enter goes to that one and not to the next screen.
    device.type_into("q-tuoi", ENTER).await;
    device.type_into("q-khoa[1]/ten_khoa", &format!("Kỹ năng số{ENTER}")).await;
    device.type_into("q-khoa[1]/ngay", "5").await;
    device.click("next").await;
    device.click("add-khoa").await;
    device.type_into("q-khoa[2]/ten_khoa", &format!("Tiếng Tày{ENTER}")).await;
    device.type_into("q-khoa[2]/ngay", "2").await;
    device.wait_for_exact_text("rule-tong-calculation", "7").await;
    device.type_into("q-khoa[2]/ngay", ENTER).await;
    device.click("open-khoa-1").await;
    device.type_into("q-khoa[1]/ten_khoa", ENTER).await;
    device.click("next").await;
    device.click("remove-khoa-1").await;
    device.click("dialog-yes").await;
    device.wait_for_text("open-khoa-1", "Tiếng Tày").await;
    device.wait_for_exact_text("rule-tong-calculation", "2").await;

    // The form speaks a language that the screens do not.
    let language = device.find("form-language").await;
    let hmong = By::Css("option[value='hmn']");
    language.find(hmong).await.unwrap().click().await.unwrap();
    device.wait_for_exact_text("screen-title", "Kev kawm").await;

    // Nothing of it is kept.
    device.click("close-preview").await;
    device.wait_for_exact_text("form-title", "Khóa học đã dự").await;
    assert_eq!(device.requests(), asked_before, "everything was done without the network");
    device.click("to-home").await;
    device.click("door-answer").await;
    device.find("start").await;
    assert!(!device.driver.source().await.unwrap().contains("Lò Thị Mai"));
    device.close().await;
}

both_ways!(a_form_with_courses_is_tried_out_with_its_rules_in_sight);
