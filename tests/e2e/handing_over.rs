//! A response leaves the leader's phone by file, by code and as a message, and is the same at the
//! desk.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use e2e::leader::{answer_everything, give_consent, rest};
use e2e::{Device, Screen, Way, both_ways};

/// What is copied, kept where a test finds it.
const KEEP_COPIED: &str =
    "Clipboard.prototype.writeText = async (text) => { window.copied = text };";

async fn copied(device: &Device) -> String {
    device.click("copy-text").await;
    let text = device.driver.execute("return window.copied", Vec::new()).await.unwrap();
    text.json().as_str().expect("a text was copied").to_owned()
}

/// Imports files at the desk; what it says of them.
async fn import(desk: &Device, paths: &[&Path]) -> String {
    let paths: Vec<String> = paths.iter().map(|path| path.to_string_lossy().into_owned()).collect();
    desk.choose("response-files", &paths).await;
    desk.wait_for_text("import-totals", "Nhận mới").await;
    desk.text("import-files").await
}

/// The dataset without the column that says where each row came from.
async fn dataset(desk: &Device) -> Vec<Vec<String>> {
    desk.click("step-xuat").await;
    let (_, bytes) = desk.download("export-dataset").await;
    desk.click("step-thu-phieu").await;
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes.as_slice());
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let source = rows[0].iter().position(|heading| heading == "_source").unwrap();
    let without = |row: &csv::StringRecord| -> Vec<String> {
        let cells = row.iter().enumerate().filter(|(at, _)| *at != source);
        cells.map(|(_, cell)| cell.to_owned()).collect()
    };
    rows.iter().map(without).collect()
}

async fn empty(desk: &Device) {
    desk.click("empty").await;
    desk.click("dialog-yes").await;
    desk.wait_for_exact_text("fact-people", "0").await;
}

async fn a_response_is_the_same_by_file_by_picture_and_by_message(way: Way) {
    let maker = Device::open(way, Screen::Laptop, "#/ban/dot-khao-sat").await;
    maker.wait_for_text("step-thu-phieu", "0").await;
    maker.type_into("campaign-name", " Thái Nguyên").await;
    let (campaign, _) = maker.download("campaign-save").await;
    maker.click("step-bo-phieu").await;
    let (kit, _) = maker.download("make-kit").await;

    let phone = Device::open_kit(&kit, Screen::Phone).await;
    phone.before_each_page(KEEP_COPIED).await;
    phone.go("").await;
    give_consent(&phone).await;
    answer_everything(&phone).await;
    let (file, _) = phone.download("hand-in").await;
    let code = phone.text("receipt-code").await;
    let message = copied(&phone).await;
    assert!(message.starts_with(&format!("PHIẾU XÃ · phiếu trả lời {code}")), "{message}");
    phone.click("show-code").await;
    phone.find("code").await;
    let picture = phone.folder().join("Screenshot_2026.png");
    std::fs::write(&picture, phone.driver.screenshot_as_png().await.unwrap()).unwrap();
    phone.click("codes-close").await;

    let desk = Device::open(way, Screen::Laptop, "#/ban/dot-khao-sat").await;
    desk.wait_for_text("step-thu-phieu", "0").await;
    desk.choose("campaign-file", &[campaign.to_string_lossy().into_owned()]).await;
    desk.wait_for_text("campaigns", "Thái Nguyên").await;
    desk.click("step-thu-phieu").await;
    desk.wait_for_exact_text("fact-people", "0").await;
    let files = import(&desk, &[&picture]).await;
    assert!(files.contains("Nhận mới 1") && files.contains(&code), "{files}");
    let by_picture = dataset(&desk).await;

    empty(&desk).await;
    desk.paste("message", &format!("Em gửi chị:\n{message}\nChị nhận giúp em.")).await;
    desk.click("take-message").await;
    desk.wait_for_text("import-files", "tin nhắn dán").await;
    desk.wait_for_text("import-files", "Nhận mới 1").await;
    let by_message = dataset(&desk).await;

    empty(&desk).await;
    import(&desk, &[&file]).await;
    let by_file = dataset(&desk).await;
    assert_eq!(by_file.len(), 2, "headings and a row");
    assert_eq!(by_picture, by_file);
    assert_eq!(by_message, by_file);

    // Again is once; all three in one go.
    let text = desk.folder().join("zalo.txt");
    std::fs::write(&text, &message).unwrap();
    let files = import(&desk, &[&picture, &text, &file]).await;
    assert!(files.matches("Đã có 1").count() == 3 && !files.contains("Nhận mới"), "{files}");

    // What is no response, or not all of one, says so.
    let lines: Vec<&str> = message.lines().filter(|line| !line.starts_with("2/")).collect();
    empty(&desk).await;
    desk.paste("message", &lines.join("\n")).await;
    desk.click("take-message").await;
    desk.wait_for_text("import-files", "Còn thiếu phần 2 trong").await;
    desk.paste("message", message.lines().find(|line| line.starts_with("2/")).unwrap()).await;
    desk.click("take-message").await;
    desk.wait_for_text("import-files", "Nhận mới 1").await;
    desk.paste("message", "Chị ơi em chưa làm xong.").await;
    desk.click("take-message").await;
    desk.wait_for_text("import-files", "Đoạn chữ này không có phiếu trả lời").await;
    let bare = desk.folder().join("bare.png");
    std::fs::write(&bare, desk.driver.screenshot_as_png().await.unwrap()).unwrap();
    let files = import(&desk, &[&bare]).await;
    assert!(files.contains("Không thấy mã QR nào"), "{files}");
    for device in [maker, phone, desk] {
        device.close().await;
    }
}

async fn a_long_response_is_scanned_from_screen_to_camera(way: Way) {
    let phone = Device::open(way, Screen::Phone, "#/phieu").await;
    give_consent(&phone).await;
    answer_everything(&phone).await;
    // Nothing that could be packed much tighter.
    let letter = |number: u64| {
        let place = number.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32;
        "aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạ"
            .chars()
            .nth(usize::try_from(place % 34).unwrap())
            .unwrap()
    };
    let text: String = (1..990).map(letter).collect();
    let to_last = "location.hash = '#/phieu/cau/kho_khan'";
    phone.driver.execute(to_last, Vec::new()).await.unwrap();
    phone.paste("q-kho_khan", &text).await;
    phone.click("next").await;
    phone.wait_for_hash("/phieu/cau/kien_nghi").await;
    phone.paste("q-kien_nghi", &text.chars().rev().collect::<String>()).await;
    rest(&phone).await;
    answer_everything(&phone).await;
    let (file, _) = phone.download("hand-in").await;
    let code = phone.text("receipt-code").await;
    phone.click("show-code").await;
    let codes = shown_codes(&phone).await;
    assert!(codes.len() > 1, "{} codes", codes.len());
    // It can be stopped, for a camera that is slow, and goes on.
    phone.click("codes-pause").await;
    phone.wait_for_text("codes-pause", "Chiếu tiếp").await;
    phone.click("codes-pause").await;
    phone.wait_for_text("codes-pause", "Dừng ở mã này").await;
    phone.click("codes-close").await;

    let film = film(phone.folder(), &codes);
    let desk = Device::open_with_camera(way, Screen::Laptop, "#/ban/thu-phieu", &film).await;
    desk.click("scan").await;
    desk.wait_for_text("scan-taken", &code).await;
    desk.click("scan-end").await;
    desk.wait_for_exact_text("fact-people", "1").await;
    desk.wait_for_text("import-files", "mã QR").await;
    let by_camera = dataset(&desk).await;
    empty(&desk).await;
    import(&desk, &[&file]).await;
    assert_eq!(by_camera, dataset(&desk).await);
    phone.close().await;
    desk.close().await;
}

/// Each code of the series by its number: how many units its picture is wide, and its path.
async fn shown_codes(phone: &Device) -> BTreeMap<usize, (usize, String)> {
    let script = "const code = document.getElementById('code');
        return [document.getElementById('code-number').textContent,
            code.viewBox.baseVal.width, code.querySelector('path').getAttribute('d')]";
    phone.find("code-number").await;
    let (mut codes, start) = (BTreeMap::new(), Instant::now());
    loop {
        let shown = phone.driver.execute(script, Vec::new()).await.unwrap();
        let shown = shown.json();
        let (number, count) = shown[0].as_str().unwrap()["Mã ".len()..].split_once('/').unwrap();
        let side = usize::try_from(shown[1].as_i64().unwrap()).unwrap();
        codes.insert(number.parse().unwrap(), (side, shown[2].as_str().unwrap().to_owned()));
        if codes.len() == count.parse::<usize>().unwrap() {
            return codes;
        }
        assert!(start.elapsed() < Duration::from_secs(60), "{} of {count}", codes.len());
    }
}

/// A film of a screen that shows the codes, eight a second, as the cameras of laptops have it.
fn film(folder: &Path, codes: &BTreeMap<usize, (usize, String)>) -> PathBuf {
    const WIDTH: usize = 640;
    const HEIGHT: usize = 480;
    let mut film = format!("YUV4MPEG2 W{WIDTH} H{HEIGHT} F8:1 Ip A1:1 C420jpeg\n").into_bytes();
    for (side, path) in codes.values() {
        let dots = HEIGHT / side;
        let mut frame = vec![215; WIDTH * HEIGHT];
        for run in path.split('M').skip(1) {
            let mut numbers = run.split(|letter: char| !letter.is_ascii_digit());
            let mut next = || numbers.next().unwrap().parse::<usize>().unwrap() * dots;
            let (x, y, length) = (next(), next(), next());
            for line in y..y + dots {
                let start = line * WIDTH + x + 80;
                frame[start..start + length].fill(30);
            }
        }
        film.extend_from_slice(b"FRAME\n");
        film.extend(frame);
        // No color.
        film.resize(film.len() + WIDTH * HEIGHT / 2, 128);
    }
    let path = folder.join("codes.y4m");
    std::fs::write(&path, film).unwrap();
    path
}

both_ways!(
    a_response_is_the_same_by_file_by_picture_and_by_message,
    a_long_response_is_scanned_from_screen_to_camera,
);
