//! What people and devices do to a form, and nothing is lost: odd texts, full or missing storage,
//! wrong clocks, a keyboard alone, another device.

use e2e::{Device, Screen, Way, both_ways};
use thirtyfour::prelude::*;

async fn begin(device: &Device) {
    device.click("start").await;
    device.click("q-dong_y").await;
    device.click("next").await;
    device.find("q-ho_ten").await;
}

/// The root of the only draft on the device.
async fn root(device: &Device) -> String {
    device.go("#/phieu").await;
    let resume = By::Css("[id^='resume-']");
    let resume = device.driver.query(resume).first().await.expect("a draft waits");
    let id = resume.id().await.unwrap().unwrap();
    id.strip_prefix("resume-").unwrap().to_owned()
}

async fn any_text_is_kept_as_it_was_given(way: Way) {
    let device = Device::open(way, Screen::Phone, "#/phieu").await;
    begin(&device).await;
    let long = "khó khăn ".repeat(12_000);
    let texts = [
        ("kho_khan", "😀 \u{202e}abc\u{202c} \"dấu nháy\", dấu phẩy;\nxuống dòng\t=1+1"),
        ("kien_nghi", &*long),
        ("ho_ten", "=1+1"),
    ];
    for (question, text) in texts {
        let hash = format!("/phieu/cau/{question}");
        device.go(&format!("#/phieu/cau/{question}")).await;
        let root = root(&device).await;
        device.click(&format!("resume-{root}")).await;
        device.driver.execute(format!("location.hash = '#{hash}'"), Vec::new()).await.unwrap();
        device.paste(&format!("q-{question}"), text).await;
        device.wait_for_text("saved", "Đã lưu lúc").await;
    }
    let root = root(&device).await;
    let (_, backup) = device.download(&format!("backup-{root}")).await;
    let draft: serde_json::Value = serde_json::from_slice(&backup).unwrap();
    for (question, text) in texts {
        assert_eq!(draft["answers"][question], text, "{question}");
    }
    device.close().await;
}

async fn a_browser_that_keeps_nothing_says_so_and_still_lets_one_hand_in(way: Way) {
    let device = Device::open(way, Screen::Phone, "").await;
    device
        .before_each_page(
            "indexedDB.open = () => { throw new DOMException('no', 'SecurityError') }",
        )
        .await;
    device.go("#/phieu").await;
    let page = By::Css("main .warning");
    let warning = device.driver.query(page).first().await.expect("a warning");
    assert!(warning.text().await.unwrap().contains("không cho lưu"));
    begin(&device).await;
    device.type_into("q-ho_ten", "An").await;
    device.wait_for_text("saved", "Chưa lưu được").await;
    let (_, backup) = device.download("save-backup").await;
    let draft: serde_json::Value = serde_json::from_slice(&backup).unwrap();
    assert_eq!(draft["answers"]["ho_ten"], "An");
    device.close().await;
}

async fn full_storage_is_told_at_once_and_saving_goes_on_when_there_is_room(way: Way) {
    let device = Device::open(way, Screen::Phone, "").await;
    device
        .before_each_page(
            "const put = IDBObjectStore.prototype.put;
             IDBObjectStore.prototype.put = function (...args) {
                 if (window.isFull) { throw new DOMException('full', 'QuotaExceededError') }
                 return put.apply(this, args);
             };",
        )
        .await;
    device.go("#/phieu").await;
    begin(&device).await;
    device.wait_for_text("saved", "Đã lưu lúc").await;
    device.driver.execute("window.isFull = true", Vec::new()).await.unwrap();
    device.type_into("q-ho_ten", "A").await;
    device.wait_for_text("saved", "Chưa lưu được").await;
    device.driver.execute("window.isFull = false", Vec::new()).await.unwrap();
    device.type_into("q-ho_ten", "n").await;
    device.wait_for_text("saved", "Đã lưu lúc").await;
    let root = root(&device).await;
    device.click(&format!("resume-{root}")).await;
    let typed = device.find("q-ho_ten").await.prop("value").await.unwrap();
    assert_eq!(typed.as_deref(), Some("An"));
    device.close().await;
}

async fn a_clock_of_1970_or_one_that_jumps_back_loses_nothing(way: Way) {
    let device = Device::open(way, Screen::Phone, "").await;
    device
        .before_each_page(
            "Date.now = () => (window.wrong ? 0 : Number(localStorage.clock ?? 1.8e12));",
        )
        .await;
    device.go("#/phieu").await;
    begin(&device).await;
    device.type_into("q-ho_ten", "A").await;
    device.wait_for_text("saved", "Đã lưu lúc").await;
    device
        .driver
        .execute("localStorage.clock = 86400000; window.wrong = true", Vec::new())
        .await
        .unwrap();
    device.type_into("q-ho_ten", "n").await;
    device.wait_for_text("saved", "Đã lưu lúc 0").await;
    let root = root(&device).await;
    device.click(&format!("resume-{root}")).await;
    let typed = device.find("q-ho_ten").await.prop("value").await.unwrap();
    assert_eq!(typed.as_deref(), Some("An"));
    device.type_into("q-ho_ten", "h").await;
    device.wait_for_text("saved", "Đã lưu lúc").await;
    device.close().await;
}

async fn a_draft_goes_on_on_another_device(way: Way) {
    let device = Device::open(way, Screen::Phone, "#/phieu").await;
    begin(&device).await;
    device.type_into("q-ho_ten", "Lò Thị Mai").await;
    device.wait_for_text("saved", "Đã lưu lúc").await;
    let root = root(&device).await;
    let (path, _) = device.download(&format!("backup-{root}")).await;

    let other = Device::open(way, Screen::Laptop, "#/phieu").await;
    other.click("other-things").await;
    other.choose("backup-file", &[path.to_string_lossy().into_owned()]).await;
    let typed = other.find("q-ho_ten").await.prop("value").await.unwrap();
    assert_eq!(typed.as_deref(), Some("Lò Thị Mai"));
    other.type_into("q-ho_ten", " B").await;
    other.wait_for_text("saved", "Đã lưu lúc").await;
    other.close().await;
    device.close().await;
}

async fn a_keyboard_alone_is_enough(way: Way) {
    let device = Device::open(way, Screen::Phone, "#/phieu").await;
    begin(&device).await;
    device.type_into("q-ho_ten", "An").await;
    device.press(Key::Enter).await;
    device.wait_for_hash("/phieu/cau/tinh").await;
    device.type_into("q-tinh-search", "thai nguyen").await;
    device.press(Key::Enter).await;
    assert!(device.find("q-tinh-19").await.is_selected().await.unwrap(), "the only one found");
    assert_eq!(device.hash().await, "/phieu/cau/tinh", "searching does not leave the page");
    device.driver.execute("location.hash = '#/phieu/cau/gioi_tinh'", Vec::new()).await.unwrap();
    device.find("q-gioi_tinh-nu").await.send_keys(Key::Space).await.unwrap();
    device.press(Key::Up).await;
    assert!(device.find("q-gioi_tinh-nam").await.is_selected().await.unwrap(), "arrows choose");
    device.driver.execute("location.hash = '#/phieu/cau/chuc_danh'", Vec::new()).await.unwrap();
    device.click("q-chuc_danh-bt").await;
    device.driver.execute("location.hash = '#/phieu/cau/imp_A1'", Vec::new()).await.unwrap();
    // The page takes keys once it has the focus, which comes after it is drawn.
    device.find("q-imp_A1-5").await;
    device.driver.query(By::Css("main :focus")).first().await.unwrap();
    device.press("5").await;
    device.press("2").await;
    assert!(device.find("q-imp_A1-5").await.is_selected().await.unwrap());
    assert!(device.find("q-abl_A1-2").await.is_selected().await.unwrap());
    device.press("9").await;
    assert!(device.find("q-abl_A1-2").await.is_selected().await.unwrap(), "no such level");
    device.close().await;
}

async fn a_laptop_shows_a_section_at_once_and_faults_come_on_leaving(way: Way) {
    let device = Device::open(way, Screen::Laptop, "#/phieu").await;
    begin(&device).await;
    device.find("q-gioi_tinh-nam").await;
    device.type_into("q-nam_chuc_danh", "46").await;
    assert!(!device.has("q-nam_chuc_danh-fault").await, "never while typing");
    device.type_into("q-ho_ten", "An").await;
    device.wait_for_text("q-nam_chuc_danh-fault", "45").await;
    device.click("next").await;
    device.find("q-tinh-fault").await;
    device.find("q-chuc_danh-fault").await;
    device.close().await;
}

/// Every level of both scales of a competency: its words as they stand in its cell, its size, and
/// what it is called.
const LEVELS: &str =
    "return [...document.querySelectorAll('[data-scale$=_A1] .level')].map((level) => {
    const box = level.getBoundingClientRect();
    const text = level.querySelector('.level-text').getBoundingClientRect();
    return [level.innerText.replace(/\\s+/g, ' '), Math.min(box.width, box.height), text.width,
        level.querySelector('input').ariaLabel];
})";

async fn a_competency_is_rated_with_all_the_words_of_both_scales_in_sight(way: Way) {
    let rate = async |device: &Device| {
        begin(device).await;
        device.driver.execute("location.hash = '#/phieu/cau/chuc_danh'", vec![]).await.unwrap();
        device.click("q-chuc_danh-bt").await;
        device.driver.execute("location.hash = '#/phieu/cau/imp_A1'", vec![]).await.unwrap();
        device.find("q-imp_A1-5").await;
        let levels = device.driver.execute(LEVELS, vec![]).await.unwrap();
        levels.convert::<Vec<(String, f64, f64, String)>>().unwrap()
    };
    let phone = Device::open(way, Screen::Phone, "#/phieu").await;
    let levels = rate(&phone).await;
    assert_eq!(levels.len(), 10);
    for (words, size, width, name) in &levels {
        assert!(*size >= 48.0, "{words} is {size} px");
        assert!(*width > 30.0, "{words} can be read");
        assert_eq!(*name, words.replacen(' ', " · ", 1));
    }
    phone.close().await;

    // On a laptop the words head the columns and stay while the competencies scroll by.
    let laptop = Device::open(way, Screen::Laptop, "#/phieu").await;
    let levels = rate(&laptop).await;
    laptop.click("q-abl_A5-3").await;
    let heading = By::Css(".rated-columns");
    let heading = laptop.driver.find(heading).await.unwrap();
    let (place, words) = (heading.rect().await.unwrap(), heading.text().await.unwrap());
    assert!(place.y >= 0.0 && place.y + place.height < 400.0, "{place:?}");
    for (_, size, _, name) in &levels {
        assert!(*size >= 48.0, "{name} is {size} px");
        let (_, word) = name.split_once(" · ").unwrap();
        assert!(words.replace('\n', " ").contains(word), "{word} is not in\n{words}");
    }
    laptop.close().await;
}

async fn a_deletion_that_the_browser_refuses_is_told_and_the_draft_stays(way: Way) {
    let device = Device::open(way, Screen::Phone, "").await;
    device
        .before_each_page(
            "IDBObjectStore.prototype.delete = () => {
                 throw new DOMException('no', 'InvalidStateError');
             };",
        )
        .await;
    device.go("#/phieu").await;
    begin(&device).await;
    device.wait_for_text("saved", "Đã lưu lúc").await;
    let root = root(&device).await;
    device.click(&format!("delete-{root}")).await;
    device.click("dialog-yes").await;
    device.wait_for_text("notice", "Chưa xóa được").await;
    device.find(&format!("resume-{root}")).await;
    device.close().await;
}

both_ways!(
    a_competency_is_rated_with_all_the_words_of_both_scales_in_sight,
    a_deletion_that_the_browser_refuses_is_told_and_the_draft_stays,
    any_text_is_kept_as_it_was_given,
    a_browser_that_keeps_nothing_says_so_and_still_lets_one_hand_in,
    a_clock_of_1970_or_one_that_jumps_back_loses_nothing,
    a_draft_goes_on_on_another_device,
    a_keyboard_alone_is_enough,
    a_laptop_shows_a_section_at_once_and_faults_come_on_leaving,
    full_storage_is_told_at_once_and_saving_goes_on_when_there_is_room,
);
