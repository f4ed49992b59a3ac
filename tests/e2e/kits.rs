//! A trainer prepares a campaign and sends its kit; a leader answers in it; a desk takes it back.

use e2e::leader::{answer_everything, give_consent};
use e2e::{Device, Row, Screen, Way, both_ways};
use thirtyfour::prelude::*;

/// Writes a campaign at the desk.
async fn write_campaign(desk: &Device) {
    desk.wait_for_text("step-thu-phieu", "0").await;
    let name = desk.find("campaign-name").await;
    let end = Key::Control + "a";
    name.send_keys(end).await.unwrap();
    desk.type_into("campaign-name", "Thái Nguyên 2026").await;
    desk.type_into("campaign-organiser", "Trường Chính trị tỉnh Thái Nguyên").await;
    desk.type_into("campaign-contact", "Bà Hoa, 0208 385 5555").await;
    desk.type_into("campaign-purpose", "Kết quả dùng để lập kế hoạch bồi dưỡng năm 2027.").await;
}

async fn a_kit_goes_out_and_its_response_comes_back(way: Way) {
    let desk = Device::open(way, Screen::Laptop, "#/ban/dot-khao-sat").await;
    write_campaign(&desk).await;
    desk.unplug().await;

    // Of the form: one competency fewer.
    desk.click("step-phieu-hoi").await;
    desk.find("competencies").await.find(By::Tag("summary")).await.unwrap().click().await.unwrap();
    desk.click("asked-F3").await;
    desk.click("step-bo-phieu").await;
    assert!(!desk.has("kit-missing").await, "everything is said");
    let (kit, page) = desk.download("make-kit").await;
    assert_eq!(kit.file_name().unwrap(), "phieu-thai-nguyen-2026.html");
    desk.wait_for_text("notice", "phieu-thai-nguyen-2026.html").await;
    assert!(!String::from_utf8(page).unwrap().contains("worker-wasm"), "no desk goes along");

    // It is there at the next visit, and its file opens it elsewhere.
    desk.go("#/ban/dot-khao-sat").await;
    desk.wait_for_text("step-thu-phieu", "0").await;
    let organiser = desk.find("campaign-organiser").await;
    assert_eq!(
        organiser.value().await.unwrap().as_deref(),
        Some("Trường Chính trị tỉnh Thái Nguyên")
    );
    let (campaign, _) = desk.download("campaign-save").await;

    // A leader's phone meets the campaign at once, and no desk.
    let phone = Device::open_kit(&kit, Screen::Phone).await;
    phone.wait_for_text("who-asks", "Trường Chính trị tỉnh Thái Nguyên mời đồng chí").await;
    phone.go("#/ban/thu-phieu").await;
    phone.find("start").await;
    phone.click("start").await;
    assert_eq!(phone.text("terms-contact").await, "Bà Hoa, 0208 385 5555");
    phone.click("back").await;
    give_consent(&phone).await;
    answer_everything(&phone).await;
    let (response, content) = phone.download("hand-in").await;
    let row = Row::read(&content);
    assert_eq!(row.get("imp_F2"), "5");
    assert_eq!(row.get("imp_F3"), "", "it was not asked");

    // A third device collects it.
    let colleague = Device::open(way, Screen::Laptop, "#/ban/dot-khao-sat").await;
    colleague.wait_for_text("step-thu-phieu", "0").await;
    colleague.choose("campaign-file", &[campaign.to_string_lossy().into_owned()]).await;
    colleague.wait_for_text("campaigns", "Thái Nguyên 2026").await;
    colleague.click("step-thu-phieu").await;
    colleague.wait_for_exact_text("fact-people", "0").await;
    colleague.choose("response-files", &[response.to_string_lossy().into_owned()]).await;
    colleague.wait_for_exact_text("fact-people", "1").await;

    // Another campaign of that desk does not take it.
    colleague.click("step-dot-khao-sat").await;
    colleague.click("campaign-new").await;
    colleague.wait_for_text("step-thu-phieu", "0").await;
    colleague.click("step-thu-phieu").await;
    colleague.choose("response-files", &[response.to_string_lossy().into_owned()]).await;
    colleague.wait_for_text("import-files", "đợt khảo sát khác").await;
    assert_eq!(colleague.text("fact-people").await, "0");

    desk.close().await;
    phone.close().await;
    colleague.close().await;
}

async fn a_kit_that_was_cut_says_what_to_do(way: Way) {
    let desk = Device::open(way, Screen::Laptop, "#/ban/bo-phieu").await;
    desk.wait_for_text("step-thu-phieu", "0").await;
    let (kit, page) = desk.download("make-kit").await;
    let page = String::from_utf8(page).unwrap();
    let start = page.find("id=\"campaign\">").unwrap() + 14;
    let length = page[start..].find('<').unwrap();
    let cut = format!("{}{}", &page[..start + length / 2], &page[start + length..]);
    let damaged = kit.with_file_name("cut.html");
    std::fs::write(&damaged, cut).unwrap();
    let phone = Device::open_kit(&damaged, Screen::Phone).await;
    phone.wait_for_text("broken", "bị cắt hoặc bị sửa").await;
    phone.close().await;
    desk.close().await;
}

both_ways!(a_kit_goes_out_and_its_response_comes_back, a_kit_that_was_cut_says_what_to_do,);

#[tokio::test(flavor = "multi_thread")]
async fn a_link_to_the_hosted_page_opens_its_campaign() {
    let desk = Device::open(Way::Site, Screen::Laptop, "#/ban/dot-khao-sat").await;
    write_campaign(&desk).await;
    desk.click("step-bo-phieu").await;
    desk.click("make-link").await;
    let link = desk.find("link").await.value().await.unwrap().unwrap();
    assert!(link.len() < 1200, "short enough for a code: {}", link.len());
    desk.find("link-code").await;
    let (path, picture) = desk.download("save-link-code").await;
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    assert!(name.starts_with("ma-qr-") && name.ends_with(".png"), "{name}");
    assert!(picture.starts_with(b"\x89PNG"));
    let (_, hash) = link.split_once('#').unwrap();
    desk.go(&format!("#{hash}")).await;
    desk.wait_for_text("who-asks", "Trường Chính trị tỉnh Thái Nguyên mời đồng chí").await;
    // Loading the page again stays with the campaign.
    desk.driver.refresh().await.unwrap();
    desk.wait_for_text("who-asks", "Trường Chính trị tỉnh Thái Nguyên mời đồng chí").await;
    desk.close().await;
}
