//! A trainer says which units are asked and how many people they have.

use e2e::{Device, Screen, Way, both_ways};
use thirtyfour::prelude::*;

/// Lets the cell one is at hear what the clipboard does.
async fn clipboard(device: &Device, event: &str, text: &str) -> String {
    let script = "
        const data = new DataTransfer();
        if (arguments[1]) data.setData('text/plain', arguments[1]);
        const event = new ClipboardEvent(arguments[0],
            { clipboardData: data, bubbles: true, cancelable: true });
        document.getElementById('roster-cell').dispatchEvent(event);
        return data.getData('text/plain');";
    let arguments = vec![event.into(), text.into()];
    let answer = device.driver.execute(script, arguments).await.expect("a clipboard");
    answer.json().as_str().unwrap_or_default().to_owned()
}

/// Goes to a cell, by its line (0 is that of the defaults) and column.
async fn go_to(device: &Device, line: usize, column: usize) {
    let cell = format!("[data-line='{line}'][data-column='{column}']");
    let cell = device.driver.query(By::Css(cell)).first().await.expect("the cell is drawn");
    cell.click().await.expect("the cell can be pressed");
    device.find("roster-cell").await;
}

async fn wait_for_cell(device: &Device, line: usize, column: usize, wanted: &str) {
    let cell = format!("[data-line='{line}'][data-column='{column}']");
    let cells = device.driver.query(By::Css(&cell)).with_text(wanted.to_owned());
    cells.first().await.unwrap_or_else(|error| panic!("{cell} does not say {wanted}: {error}"));
}

async fn pick_thai_nguyen(device: &Device) {
    device.click("source-current").await;
    device.type_into("province-search", "thai ng").await;
    device.click("province-19").await;
    device.click("roster-take").await;
    device.wait_for_text("roster-facts", "92 đơn vị").await;
}

async fn a_province_is_picked_its_numbers_are_pasted_and_a_reload_keeps_them(way: Way) {
    let device = Device::open(way, Screen::Laptop, "#/ban/danh-sach").await;
    pick_thai_nguyen(&device).await;
    device.wait_for_exact_text("total-bt-quota", "92").await;
    let rows = device.driver.find_all(By::Css("#roster-grid tbody tr")).await.unwrap().len();
    assert!(rows < 60, "only what is in view is drawn: {rows}");

    // Two by three cells from Excel, from the second unit's first number on.
    go_to(&device, 2, 2).await;
    clipboard(&device, "paste", "3\t2\t5\r\n1\t0\tx\r\n").await;
    device.wait_for_text("roster-notice", "Đã dán 5 ô").await;
    device.wait_for_text("roster-notice", "“x”").await;
    device.wait_for_exact_text("total-bt-quota", "94").await;
    device.wait_for_exact_text("total-bt-actual", "92").await;
    assert_eq!(clipboard(&device, "copy", "").await, "3\t2\t5\n1\t0\t1");

    // Typed, with the keyboard alone.
    go_to(&device, 0, 2).await;
    device.press("2" + Key::Enter).await;
    device.wait_for_exact_text("total-bt-quota", "184").await;
    device.press(Key::Delete + Key::Tab).await;
    device.press("7" + Key::Tab).await;
    wait_for_cell(&device, 1, 3, "7").await;
    device.press(Key::Control + "z").await;
    device.wait_for_exact_text("total-bt-actual", "92").await;

    // A unit that is looked for, whatever the rest of the list.
    device.type_into("unit-search", "dai tu").await;
    device.wait_for_text("unit-count", "1/92").await;
    go_to(&device, 1, 0).await;
    device.press("Xã Đại Từ mới" + Key::Tab).await;
    wait_for_cell(&device, 1, 0, "Xã Đại Từ mới").await;

    // The keyboard goes as far as the list, though only what is in view is drawn.
    device.click("unit-search").await;
    device.press(Key::Control + "a").await;
    device.press("" + Key::Backspace).await;
    device.wait_for_text("unit-count", "92/92").await;
    go_to(&device, 3, 4).await;
    for _ in 0..60 {
        device.press("" + Key::Down).await;
    }
    device.press("6" + Key::Enter).await;
    wait_for_cell(&device, 63, 4, "6").await;

    device.go("#/ban/danh-sach").await;
    device.wait_for_text("roster-facts", "92 đơn vị").await;
    device.wait_for_exact_text("total-bt-quota", "184").await;
    device.type_into("unit-search", "dai tu moi").await;
    device.wait_for_text("unit-count", "1/92").await;
    device.close().await;
}

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
    a_province_is_picked_its_numbers_are_pasted_and_a_reload_keeps_them,
    a_table_with_its_columns_in_another_order_is_read_after_a_look_at_it,
    on_a_phone_one_unit_is_filled_at_a_time,
);
