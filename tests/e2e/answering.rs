//! A leader answers, is interrupted, goes on, and hands in.

use e2e::leader::{answer_everything, give_consent};
use e2e::{Device, Row, Screen, Way, both_ways};
use thirtyfour::prelude::*;

async fn nothing_is_lost_on_the_way_back_and_a_required_question_holds(way: Way) {
    let device = Device::open(way, Screen::Phone, "").await;
    device.click("door-answer").await;
    device.find("start").await;
    device.unplug().await;
    let asked_before = device.requests();

    // No consent, no draft.
    device.click("start").await;
    device.click("next").await;
    device.find("consent-fault").await;
    device.click("back").await;
    give_consent(&device).await;

    device.type_into("q-ho_ten", "Trần Thị B").await;
    device.wait_for_text("saved", "Đã lưu lúc").await;
    device.click("next").await;

    // A required question holds, and says why.
    device.wait_for_hash("/phieu/cau/tinh").await;
    device.click("next").await;
    assert!(device.text("q-tinh-fault").await.contains("Xin chọn tỉnh"));
    // Back, by the browser's own button too, loses nothing.
    device.driver.back().await.expect("back");
    device.wait_for_hash("/phieu/cau/ho_ten").await;
    let typed = device.find("q-ho_ten").await.prop("value").await.unwrap();
    assert_eq!(typed.as_deref(), Some("Trần Thị B"));
    assert_eq!(device.requests(), asked_before, "nothing was asked of the network");
    device.close().await;
}

async fn a_form_is_handed_in_and_changed_again(way: Way) {
    let device = Device::open(way, Screen::Phone, "#/phieu").await;
    give_consent(&device).await;
    answer_everything(&device).await;
    let (path, content) = device.download("hand-in").await;
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    assert!(name.starts_with("chu-tich-ubnd_xa-dai-tu_") && name.ends_with("_r1.csv"), "{name}");
    assert_eq!(device.text("receipt-file").await, name);
    let receipt = device.text("receipt-code").await;
    assert_eq!(receipt.len(), 9, "{receipt}");

    let row = Row::read(&content);
    assert_eq!(row.get("ho_ten"), "Nguyễn Văn A");
    assert_eq!((row.get("don_vi"), row.get("nhom")), ("05830", "ubnd"));
    assert_eq!((row.get("imp_D5"), row.get("abl_D5")), ("na", "na"));
    assert_eq!((row.get("imp_A1"), row.get("abl_A1")), ("5", "2"));
    assert_eq!(row.get("imp_A2"), "", "the party's competencies are not asked of this post");
    assert!(row.get("_consent").starts_with("2026-11@"));

    // Thanks: of needs that are all the same the post's core comes first.
    let first = device.driver.find_all(By::Css("#own-to-train .own-name")).await.unwrap();
    let mut names = Vec::new();
    for name in first {
        names.push(name.text().await.unwrap());
    }
    let core = ["Ra quyết định", "Lập kế hoạch", "Pháp luật", "Soạn thảo", "Cải cách"];
    assert_eq!(names.len(), core.len(), "{names:?}");
    assert!(names.iter().zip(core).all(|(name, start)| name.starts_with(start)), "{names:?}");
    let (path, content) = device.download("save-picture").await;
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    assert!(name.starts_with("buc-tranh-nang-luc_") && name.ends_with(".png"), "{name}");
    assert!(content.starts_with(b"\x89PNG"), "a picture that phones open");

    // Closed and opened again: the receipt is there, and the form can be changed.
    device.go("#/phieu").await;
    let root = row.get("_root").to_owned();
    device.click(&format!("resume-{root}")).await;
    assert_eq!(device.text("receipt-code").await, receipt);
    device.click("reopen").await;
    device.wait_for_hash("/phieu/xem-lai").await;
    let (path, content) = device.download("hand-in").await;
    assert!(path.to_string_lossy().ends_with("_r2.csv"));
    let second = Row::read(&content);
    assert_eq!((second.get("_root"), second.get("_revision")), (root.as_str(), "2"));
    device.close().await;
}

async fn a_rating_set_aside_and_taken_up_again_wants_both_levels(way: Way) {
    let device = Device::open(way, Screen::Phone, "#/phieu").await;
    give_consent(&device).await;
    device.go("#/phieu").await;
    let resume = device.driver.query(By::Css("[id^=resume-]")).first().await.unwrap();
    resume.click().await.unwrap();
    device.driver.execute("location.hash = '#/phieu/cau/abl_A1'", vec![]).await.unwrap();
    device.click("q-imp_A1-na").await;
    device.click("q-imp_A1-5").await;
    device.click("next").await;
    assert!(device.text("q-abl_A1-fault").await.contains("Xin chọn một mức"));
    device.close().await;
}

async fn after_closing_the_tab_the_draft_waits(way: Way) {
    let device = Device::open(way, Screen::Phone, "#/phieu").await;
    give_consent(&device).await;
    device.type_into("q-ho_ten", "Lê Văn C").await;
    device.wait_for_text("saved", "Đã lưu lúc").await;
    device.click("next").await;
    device.click("q-tinh-01").await;
    device.wait_for_text("saved", "Đã lưu lúc").await;
    device.go("#/phieu").await;
    let resume = device.driver.query(By::Css("[id^=resume-]")).first().await.unwrap();
    resume.click().await.unwrap();
    device.wait_for_hash("/phieu/cau/tinh").await;
    assert!(device.find("q-tinh-01").await.is_selected().await.unwrap());
    device.click("back").await;
    device.wait_for_hash("/phieu/cau/ho_ten").await;
    let typed = device.find("q-ho_ten").await.prop("value").await.unwrap();
    assert_eq!(typed.as_deref(), Some("Lê Văn C"));
    device.close().await;
}

async fn the_language_changes_at_once(way: Way) {
    let device = Device::open(way, Screen::Phone, "#/phieu").await;
    device.click("lang-en").await;
    device.wait_for_text("start", "Start").await;
    give_consent(&device).await;
    assert!(device.text("place").await.starts_with("Part 1/"));
    device.go("#/phieu").await;
    device.wait_for_text("start", "Answer another form").await;
    device.close().await;
}

both_ways!(
    nothing_is_lost_on_the_way_back_and_a_required_question_holds,
    a_form_is_handed_in_and_changed_again,
    after_closing_the_tab_the_draft_waits,
    a_rating_set_aside_and_taken_up_again_wants_both_levels,
    the_language_changes_at_once,
);
