//! A trainer looks through the responses of a generated campaign, of which everything is known:
//! who has answered, who answered twice, and whose answers are not to be trusted.

mod full_desk;

use std::collections::BTreeSet;
use std::fs;
use std::io::{Cursor, Write as _};

use e2e::{Device, Screen, Way, both_ways};
use full_desk::{Generated, UNITS, full_desk};
use phieu_xa::domain::coverage::Coverage;
use phieu_xa::domain::profile::cross_by_posts;
use phieu_xa::formats::response_csv;
use phieu_xa::forms::standards::evaluation;
use phieu_xa::text::Language;
use thirtyfour::prelude::*;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const SEED: u64 = 6;

async fn desk_with_everything(way: Way) -> (Device, Generated) {
    full_desk(way, Screen::Laptop, SEED).await
}

fn expected_coverage(made: &Generated) -> Coverage {
    Coverage::of(&made.form, &made.roster, made.dataset.current())
}

async fn go_to(device: &Device, step: &str) {
    device.click(&format!("step-{step}")).await;
    device.wait_for_hash(&format!("/ban/{step}")).await;
}

async fn choose_option(device: &Device, select: &str, value: &str) {
    let option = format!("#{select} option[value='{value}']");
    let option = device.driver.query(By::Css(&option)).first().await.expect("the option is there");
    option.click().await.expect("the option can be chosen");
}

async fn count(device: &Device, css: &str) -> usize {
    device.driver.find_all(By::Css(css)).await.expect("the page can be searched").len()
}

async fn who_has_answered_is_seen_and_a_wrong_unit_is_corrected_with_a_trail(way: Way) {
    let (device, made) = desk_with_everything(way).await;
    let expected = expected_coverage(&made);
    let total = expected.total();
    go_to(&device, "do-bao-phu").await;
    device.wait_for_exact_text("covered-received", &total.received.to_string()).await;
    device.wait_for_exact_text("covered-missing", &total.missing().to_string()).await;
    device.wait_for_exact_text("covered-doubled", &total.doubled.to_string()).await;
    device.wait_for_exact_text("covered-stray", &made.truth.strays.len().to_string()).await;
    let text = device.find("reminder-text").await.prop("value").await.unwrap();
    let reminders = expected.reminder_text(&made.form, &made.roster, "vi");
    assert_eq!(text, Some(reminders));

    // Units can be found, and those with too many stand out.
    let doubled = (0..UNITS).filter(|unit| expected.unit_sums(*unit).doubled > 0).count();
    device.click("units-doubled").await;
    device.wait_for_exact_text("grid-found", &format!("{doubled}/{UNITS} đơn vị")).await;
    device.click("units-all").await;
    device.type_into("grid-search", "duc xuan").await;
    device.wait_for_exact_text("grid-found", &format!("1/{UNITS} đơn vị")).await;

    // A stray is put where it belongs; the original stays.
    let stray = made.truth.strays.first().expect("there are strays");
    device.click(&format!("open-{stray}")).await;
    device.wait_for_text("panel-title", "Phiếu").await;
    device.click("correct-don_vi").await;
    device.find("correcting").await;
    choose_option(&device, "new-answer", &made.roster.units[0].code).await;
    device.click("save-change").await;
    device.wait_for_exact_text("change-fault", "Xin ghi lý do.").await;
    device.type_into("why", "gọi điện hỏi lại").await;
    device.click("save-change").await;
    device.wait_for_text("panel", "Khi nộp: 00127").await;
    device.click("panel-close").await;
    device.wait_for_exact_text("covered-stray", &(made.truth.strays.len() - 1).to_string()).await;
    go_to(&device, "nhat-ky-sua").await;
    device.wait_for_text("log", "gọi điện hỏi lại").await;
    let (_, log) = device.download("log-file").await;
    let log = String::from_utf8(log).unwrap();
    assert!(log.contains(stray) && log.contains("00127"), "{log}");

    // It is there at the next visit, and can be taken back.
    device.go("#/ban/do-bao-phu").await;
    device.wait_for_exact_text("covered-stray", &(made.truth.strays.len() - 1).to_string()).await;
    device.close().await;
}

async fn one_person_twice_is_decided_about_and_the_decision_can_be_taken_back(way: Way) {
    let (device, made) = desk_with_everything(way).await;
    let pairs = made.truth.twice.len() + made.truth.copied_files.len();
    let people = made.dataset.len();
    go_to(&device, "trung-nguoi").await;
    device.wait_for_text("pairs-lead", &format!("Có {pairs} cặp")).await;
    device.click("pair-0-keep-0").await;
    device.wait_for_text("pairs-lead", &format!("Có {} cặp", pairs - 1)).await;
    go_to(&device, "nguoi-tra-loi").await;
    device.wait_for_text("people-lead", &format!("{} phiếu", people - 1)).await;
    // Two people after all.
    go_to(&device, "trung-nguoi").await;
    let again = device.driver.query(By::Css("#decided button")).first().await.unwrap();
    again.click().await.unwrap();
    device.wait_for_text("pairs-lead", &format!("Có {pairs} cặp")).await;
    device.click("pair-0-both").await;
    device.wait_for_text("pairs-lead", &format!("Có {} cặp", pairs - 1)).await;
    go_to(&device, "nguoi-tra-loi").await;
    device.wait_for_text("people-lead", &format!("{people} phiếu")).await;
    device.close().await;
}

async fn one_person_s_two_responses_are_put_together_answer_by_answer(way: Way) {
    let (device, made) = desk_with_everything(way).await;
    let people = made.dataset.len();
    go_to(&device, "trung-nguoi").await;
    device.find("pairs-lead").await;
    // The two wrote their name differently.
    let other_name = By::Css("[id^='pair-'][id$='-1-ho_ten']");
    let other_name = device.driver.query(other_name).first().await.expect("names differ");
    let id = other_name.id().await.unwrap().expect("it has one");
    let label = By::XPath(format!("//label[input[@id='{id}']]"));
    let name = device.driver.query(label).first().await.unwrap().text().await.unwrap();
    other_name.click().await.unwrap();
    device.click(&id.replace("-1-ho_ten", "-merge")).await;
    go_to(&device, "nguoi-tra-loi").await;
    device.wait_for_text("people-lead", &format!("{} phiếu", people - 1)).await;
    go_to(&device, "xuat").await;
    let (_, bytes) = device.download("export-dataset").await;
    let form = &made.form;
    let read = response_csv::read(form, "xuat.csv", &bytes);
    assert_eq!(read.responses.len(), people - 1);
    let named = read.responses.iter().filter(|own| own.answers.get("ho_ten") == name.trim());
    assert_eq!(named.count(), 1, "{name}");
    device.close().await;
}

async fn what_may_not_be_trusted_is_listed_and_left_out_on_every_page(way: Way) {
    let (device, made) = desk_with_everything(way).await;
    let truth = &made.truth;
    go_to(&device, "can-xem-lai").await;
    device.find("flagged").await;
    let known = [
        (&truth.straight, "Chấm liền"),
        (&truth.hasty, "Làm quá nhanh"),
        (&truth.sparse, "Bỏ trống"),
        (&truth.edited, "bị sửa tay"),
        (&truth.impossible, "không khớp nhau"),
        (&truth.alike, "chấm giống hệt"),
    ];
    for (roots, words) in known {
        for root in roots {
            let line = format!("//li[.//*[@id='open-{root}']]");
            let line = device.driver.query(By::XPath(&line)).first().await;
            let text = line.expect("it is listed").text().await.unwrap();
            assert!(text.contains(words), "{root}: “{words}” is not in {text}");
        }
    }
    let flagged = known.iter().flat_map(|(roots, _)| roots.iter());
    // One response under two roots has the same ratings twice.
    let left_out: BTreeSet<&String> = flagged.chain(truth.copied_files.iter().flatten()).collect();
    choose_option(&device, "leave-out", "1").await;
    device.wait_for_text("quality-effect", &format!("Nếu bỏ {} phiếu", left_out.len())).await;
    device.wait_for_hash("/ban/can-xem-lai?:dau-hieu=1").await;
    device.click("step-phan-tich").await;
    let kept = made.dataset.len() - left_out.len();
    let caption = format!(", {kept} người");
    device.wait_for_text("ranking", &caption).await;
    device.wait_for_hash("/ban/phan-tich?:dau-hieu=1").await;

    // The address alone shows the same again; without it everybody counts.
    device.go("#/ban/phan-tich?:dau-hieu=1").await;
    device.wait_for_text("ranking", &caption).await;
    device.click("filter-drop").await;
    device.wait_for_text("ranking", &format!(", {} người", made.dataset.len())).await;
    device.close().await;
}

async fn responses_are_found_sorted_and_narrowed_down_in_the_table(way: Way) {
    let (device, made) = desk_with_everything(way).await;
    let people = made.dataset.len();
    let women =
        made.dataset.current().iter().filter(|r| r.answers.get("gioi_tinh") == "nu").count();
    go_to(&device, "phieu-tra-loi").await;
    device.wait_for_exact_text("responses-counts", &format!("{people}/{people} phiếu")).await;
    assert!(count(&device, "#responses tbody tr").await < 80, "only what is in view is drawn");
    device.click("filter-add").await;
    choose_option(&device, "filter-question", "gioi_tinh").await;
    device.click("filter-value-nu").await;
    device.click("filter-apply").await;
    device.wait_for_exact_text("responses-counts", &format!("{women}/{people} phiếu")).await;
    device.wait_for_hash("/ban/phieu-tra-loi?gioi_tinh=nu").await;
    device.wait_for_text("filter", "Nữ").await;
    device.click("step-nguoi-tra-loi").await;
    device.wait_for_text("people-lead", &format!("{women} phiếu")).await;
    device.click("filter-gioi_tinh").await;
    device.wait_for_text("people-lead", &format!("{people} phiếu")).await;

    // One is found by name, set aside with a reason, and counts no more.
    go_to(&device, "phieu-tra-loi").await;
    let one = made.dataset.current()[0];
    device.type_into("responses-search", &one.receipt()).await;
    device.wait_for_exact_text("responses-counts", &format!("1/{people} phiếu")).await;
    device.click(&format!("response-{}", one.root)).await;
    device.click("set-aside").await;
    device.type_into("why", "trả lời thử").await;
    device.click("save-change").await;
    device.find("panel-aside").await;
    device.click("panel-close").await;
    device.click("step-nguoi-tra-loi").await;
    device.wait_for_text("people-lead", &format!("{} phiếu", people - 1)).await;
    device.close().await;
}

async fn who_the_people_are_is_counted_by_question_and_by_group_of_posts(way: Way) {
    let (device, made) = desk_with_everything(way).await;
    go_to(&device, "nguoi-tra-loi").await;
    device.find("bodies").await;
    device.click("people-protected").await;
    let evaluation = evaluation(&made.form);
    let question = made.form.question("chuyen_mon").expect("it is asked");
    let people = made.dataset.current();
    let table = cross_by_posts(&made.form, question, &evaluation.post_groups, &people);
    for row in &table.rows {
        let line = format!("//table[@data-question='chuyen_mon']//tr[th[text()='{}']]", row.group);
        let line = device.driver.query(By::XPath(&line)).first().await.expect("the group is there");
        let text = line.text().await.unwrap();
        let university = table.answers.iter().position(|answer| answer == "dai_hoc").unwrap();
        let share = Language::Vi.number(row.share(university).unwrap() * 100.0, 1);
        assert!(text.contains(&share), "{share} is not in {text}");
        assert!(text.contains(&row.people.to_string()), "{} is not in {text}", row.people);
    }
    device.close().await;
}

async fn the_last_import_is_taken_back(way: Way) {
    let (device, made) = desk_with_everything(way).await;
    let people = made.dataset.len();
    let header = "chuc_danh,imp_A1,abl_A1,_form,_root,_revision";
    let path = device.folder().join("nham.csv");
    fs::write(&path, format!("{header}\nbt,5,3,nhu-cau,nham,1\n")).unwrap();
    device.choose("response-files", &[path.to_string_lossy().into_owned()]).await;
    device.wait_for_exact_text("fact-people", &(people + 1).to_string()).await;
    device.click("undo-import").await;
    device.wait_for_exact_text("fact-people", &people.to_string()).await;
    device.wait_for_text("notice", "1 phiếu").await;
    device.go("#/ban/thu-phieu").await;
    device.wait_for_exact_text("fact-people", &people.to_string()).await;
    device.close().await;
}

async fn what_is_backed_up_comes_back_after_everything_was_deleted(way: Way) {
    let (device, made) = desk_with_everything(way).await;
    let rows = made.dataset.rows().count();
    let pairs = made.truth.twice.len() + made.truth.copied_files.len();
    go_to(&device, "trung-nguoi").await;
    device.click("pair-0-both").await;
    device.wait_for_text("pairs-lead", &format!("Có {} cặp", pairs - 1)).await;
    device.click("step-thu-phieu").await;
    device.find("backup-due").await;
    go_to(&device, "sao-luu").await;
    device.wait_for_text("backup-last", "chưa được sao lưu").await;
    let (open, _) = device.download("back-up").await;
    device.wait_for_text("backup-last", "Lần sao lưu gần nhất").await;
    device.click("backup-protect").await;
    device.type_into("backup-passphrase", "mật khẩu rất dài").await;
    device.type_into("backup-again", "mật khẩu rất dài").await;
    let (locked, bytes) = device.download("back-up").await;
    assert!(locked.to_string_lossy().ends_with(".zip.age"));
    assert!(bytes.starts_with(b"age-encryption.org"));

    device.click("delete-all").await;
    device.click("dialog-yes").await;
    device.wait_for_text("all-deleted", &format!("{rows} dòng phiếu")).await;
    device.go("#/ban/thu-phieu").await;
    device.wait_for_exact_text("fact-people", "0").await;

    go_to(&device, "sao-luu").await;
    device.choose("backup-file", &[locked.to_string_lossy().into_owned()]).await;
    device.type_into("passphrase-backup", "sai mật khẩu").await;
    device.click("unlock-backup").await;
    device.find("backup-fault").await;
    device.find("passphrase-backup").await.clear().await.unwrap();
    device.type_into("passphrase-backup", "mật khẩu rất dài").await;
    device.click("unlock-backup").await;
    device.wait_for_text("restored", &format!("{rows} phiếu và 1 dòng nhật ký")).await;
    device.wait_for_text("step-thu-phieu", &made.dataset.len().to_string()).await;
    // Into a desk in use it adds what is not there: nothing.
    device.choose("backup-file", &[open.to_string_lossy().into_owned()]).await;
    device.wait_for_text("restored", "Đã thêm 0 phiếu và 0 dòng nhật ký").await;
    go_to(&device, "trung-nguoi").await;
    device.wait_for_text("pairs-lead", &format!("Có {} cặp", pairs - 1)).await;
    device.close().await;
}

async fn a_zip_of_files_and_of_a_zip_is_taken_like_a_folder(way: Way) {
    let device = Device::open(way, Screen::Laptop, "#/ban/thu-phieu").await;
    device.wait_for_exact_text("fact-people", "0").await;
    let header = "chuc_danh,imp_A1,abl_A1,_form,_root,_revision";
    let row = |root: &str| format!("{header}\nbt,5,3,nhu-cau,{root},1\n").into_bytes();
    let deepest = zip(&[("d.csv", row("d"))]);
    let inner = zip(&[("b.csv", row("b")), ("c.csv", row("c")), ("sau.zip", deepest)]);
    let outer = zip(&[
        ("xa/a.csv", row("a")),
        ("../ngoai.csv", row("e")),
        ("trong.zip", inner),
        ("trong.csv", Vec::new()),
    ]);
    let path = device.folder().join("nop.zip");
    fs::write(&path, outer).unwrap();
    device.choose("response-files", &[path.to_string_lossy().into_owned()]).await;
    device.wait_for_exact_text("fact-people", "4").await;
    let files = device.text("import-files").await;
    for expected in
        ["nop.zip/xa/a.csv", "nop.zip/trong.zip/b.csv", "Tệp nén nằm trong tệp nén", "Tệp trống"]
    {
        assert!(files.contains(expected), "“{expected}” is not in:\n{files}");
    }
    device.close().await;
}

fn zip(files: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::default());
    for (name, content) in files {
        zip.start_file(*name, SimpleFileOptions::default()).expect("a file of the archive");
        zip.write_all(content).expect("an archive in memory");
    }
    zip.finish().expect("an archive").into_inner()
}

both_ways!(
    what_is_backed_up_comes_back_after_everything_was_deleted,
    a_zip_of_files_and_of_a_zip_is_taken_like_a_folder,
    who_has_answered_is_seen_and_a_wrong_unit_is_corrected_with_a_trail,
    one_person_twice_is_decided_about_and_the_decision_can_be_taken_back,
    one_person_s_two_responses_are_put_together_answer_by_answer,
    what_may_not_be_trusted_is_listed_and_left_out_on_every_page,
    responses_are_found_sorted_and_narrowed_down_in_the_table,
    who_the_people_are_is_counted_by_question_and_by_group_of_posts,
    the_last_import_is_taken_back,
);
