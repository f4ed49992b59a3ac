//! A trainer says which units are asked and how many people they have.

use e2e::{Device, Screen, Way, both_ways};
use thirtyfour::prelude::*;

async fn a_table_with_its_columns_in_another_order_is_read_after_a_look_at_it(way: Way) {
    let device = Device::open(way, Screen::Laptop, "#/ban/danh-sach").await;
    device.click("source-file").await;
    let path = device.folder().join("danh-sach.csv");
    let table = "Có mặt;PCT;Tỉnh;Tên xã, phường;Bí thư (biên chế);Bí thư (hiện có)\n\
        ;2;Thái Nguyên;Đại Từ;1;1\n;2;Thái Nguyên;phan dinh phung;1;0\n\
        ;2;Thái Nguyên;Đại Từ;1;1\n;2;Thái Nguyên;Xã Không Đâu;một;1\n";
    std::fs::write(&path, table).expect("a file of the test");
    device.choose("roster-file", &[path.to_string_lossy().into_owned()]).await;
    device.wait_for_text("preview-counts", "4 dòng, đọc được 3 đơn vị").await;
    device.wait_for_text("preview-units", "Phường Phan Đình Phùng").await;
    device.click("import-faults").await;
    device.wait_for_text("import-faults", "Dòng 4: đơn vị đã có ở dòng 2").await;
    device.wait_for_text("import-faults", "Dòng 5, cột 5").await;
    // What the headings do not tell is said by the person: the deputy chair's quota.
    let option = By::XPath("//select[@id='column-1']/option[.='Phó Chủ tịch UBND: Biên chế']");
    device.driver.find(option).await.unwrap().click().await.unwrap();
    device.wait_for_text("preview-units", "Phó Chủ tịch UBND").await;
    device.click("roster-take").await;
    device.wait_for_text("roster-facts", "3 đơn vị · 2 chức danh").await;
    device.wait_for_exact_text("total-pct_ubnd-quota", "6").await;
    device.wait_for_exact_text("total-bt-actual", "2").await;
    device.click("roster-faults").await;
    device.wait_for_text("roster-faults", "Xã Không Đâu").await;
    device.click("fill-codes").await;
    device.go("#/ban/danh-sach").await;
    device.wait_for_exact_text("total-pct_ubnd-quota", "6").await;
    assert!(!device.has("roster-faults").await);
    device.close().await;
}

async fn on_a_phone_one_unit_is_filled_at_a_time(way: Way) {
    let device = Device::open(way, Screen::Phone, "#/ban/danh-sach").await;
    device.click("source-sample").await;
    device.click("roster-take").await;
    device.wait_for_text("roster-facts", "hiện có 997").await;
    device.type_into("unit-search", "don vi 17").await;
    device.click("unit-16").await;
    device.find("people-5-quota").await;
    device.type_into("people-5-quota", "4\t").await;
    device.click("unit-back").await;
    device.wait_for_text("roster-facts", "biên chế 1.200").await;
    device.close().await;
}

both_ways!(
    a_table_with_its_columns_in_another_order_is_read_after_a_look_at_it,
    on_a_phone_one_unit_is_filled_at_a_time,
);
