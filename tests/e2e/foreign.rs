//! A trainer brings in what other programs collected.

use e2e::{Device, Screen, Way, both_ways, repository_file};
use thirtyfour::prelude::*;

/// Chooses what reads like this in a list.
async fn choose_option(device: &Device, id: &str, label: &str) {
    let option = By::XPath(format!("//select[@id='{id}']//option[normalize-space(.)='{label}']"));
    let option = device.driver.query(option).first().await;
    option.expect("the list has this choice").click().await.expect("it can be chosen");
}

async fn import(device: &Device, file: &str) {
    device
        .choose("response-files", &[repository_file(&format!("tests/data/foreign/{file}"))])
        .await;
    device.wait_for_text("import-files", "Chờ ghép cột").await;
}

async fn a_google_form_is_matched_taken_and_the_next_one_is_read_by_its_recipe(way: Way) {
    let device = Device::open(way, Screen::Laptop, "#/ban/thu-phieu").await;
    import(&device, "google-forms.csv").await;
    device.wait_for_exact_text("fact-people", "0").await;
    device.click("map-0").await;
    device.wait_for_text("mapping-counts", "3 dòng, đọc được 3 phiếu").await;
    device.wait_for_text("mapping-rows", "Phó Chủ tịch HĐND").await;
    device.wait_for_text("mapping-rows", "không hiểu: Cực kỳ cần").await;

    // A column that nothing told, and a word.
    choose_option(&device, "column-2", "Đồng chí công tác ở xã, phường, đặc khu nào?").await;
    device.wait_for_text("mapping-rows", "Xã Đại Từ").await;
    device.wait_for_text("mapping-words", "“Cực kỳ cần” (2 ô)").await;
    choose_option(&device, "word-0", "Rất quan trọng").await;
    device.wait_for_exact_text("mapping-counts", "Tệp có 3 dòng, đọc được 3 phiếu.").await;
    let (path, recipe) = device.download("keep-recipe").await;
    assert_eq!(path.file_name().unwrap(), "cach-doc_google-forms.json");
    assert!(recipe.starts_with(b"{") && recipe.windows(6).any(|part| part == b"don_vi"));
    device.wait_for_text("mapping-notice", "Đã lưu cách đọc").await;
    device.click("mapping-take").await;
    device.wait_for_exact_text("fact-people", "3").await;
    assert!(!device.has("asked").await);

    // The recipe outlives the page; the next file with these headings needs no more than a look.
    device.go("#/ban/thu-phieu").await;
    device.wait_for_exact_text("fact-people", "3").await;
    import(&device, "google-forms-later.csv").await;
    device.click("map-0").await;
    device.wait_for_text("mapping-recipe", "“google-forms”").await;
    device.wait_for_exact_text("mapping-counts", "Tệp có 2 dòng, đọc được 2 phiếu.").await;
    device.click("mapping-take").await;
    device.wait_for_exact_text("fact-people", "5").await;

    // Read once more, nothing changes; and what is not wanted is left out.
    import(&device, "google-forms.csv").await;
    device.click("map-1").await;
    device.click("mapping-take").await;
    device.wait_for_text("import-files", "Đã có 3").await;
    import(&device, "google-forms.csv").await;
    device.click("drop-2").await;
    device.wait_for_exact_text("fact-people", "5").await;
    assert!(!device.has("asked").await);
    device.close().await;
}

both_ways!(a_google_form_is_matched_taken_and_the_next_one_is_read_by_its_recipe);
