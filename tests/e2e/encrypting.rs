//! A trainer makes a key, and reads what was encrypted for it.

use e2e::{Device, Screen, Way, both_ways, repository_file};
use phieu_xa::formats::encryption::{Identity, decrypt, encrypt, open_key_file};

const ROW: &str = "chuc_danh,gioi_tinh,imp_A1,abl_A1,_form,_root,_revision\nbt,nam,5,3,nhu-cau,";
const PASSPHRASE: &str = "ban trắng tháng ba";

fn write(device: &Device, name: &str, content: impl AsRef<[u8]>) -> String {
    let path = device.folder().join(name);
    std::fs::write(&path, content).expect("a file of the test");
    path.to_string_lossy().into_owned()
}

/// A response, encrypted for somebody.
fn response(root: &str, public_key: &str) -> Vec<u8> {
    encrypt(format!("{ROW}{root},1\n").as_bytes(), public_key).expect("a public key")
}

/// Makes a key; its public half, and where its file was saved.
async fn make_key(device: &Device) -> (String, String) {
    device.click("show-encryption").await;
    device.click("make-key").await;
    device.paste("new-passphrase", PASSPHRASE).await;
    device.paste("new-passphrase-again", PASSPHRASE).await;
    device.click("make-key-now").await;
    device.wait_for_text("new-key-file", "AGE-SECRET-KEY-1").await;
    let public_key = device.text("new-public-key").await;
    let (path, _) = device.download("save-key").await;
    device.click("put-key-away").await;
    device.find("close-keys").await;
    (public_key, path.to_string_lossy().into_owned())
}

async fn what_losing_a_key_means_is_said_before_it_is_made_and_its_file_is_shown_once(way: Way) {
    let device = Device::open(way, Screen::Laptop, "#/ban/thu-phieu").await;
    device.click("show-encryption").await;
    device.wait_for_text("encryption", "Chưa mở khóa nào").await;
    device.click("make-key").await;
    device.wait_for_text("new-key-form", "không ai mở được các phiếu, kể cả chúng tôi").await;
    device.paste("new-passphrase", "ngắn").await;
    device.click("make-key-now").await;
    device.wait_for_text("passphrase-fault", "ít nhất 10 ký tự").await;
    device.paste("new-passphrase", " nhưng đã dài").await;
    device.click("make-key-now").await;
    device.wait_for_text("passphrase-fault", "chưa giống nhau").await;
    device.paste("new-passphrase-again", "ngắn nhưng đã dài").await;
    device.click("make-key-now").await;
    device.wait_for_text("new-key-file", "AGE-SECRET-KEY-1").await;

    let shown = device.text("new-key-file").await;
    let (path, file) = device.download("save-key").await;
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    assert!(name.starts_with("khoa-") && name.ends_with(".txt"), "{name}");
    let file = String::from_utf8(file).unwrap();
    assert_eq!(file.trim(), shown.trim());
    assert!(file.starts_with("# created: 20") && file.contains("\n# public key: age1"), "{file}");
    device.click("put-key-away").await;
    device.find("close-keys").await;
    let page = device.driver.source().await.unwrap();
    assert!(!page.contains("AGE-SECRET-KEY-1"), "the secret key is off the screen");
    device.close().await;
}

async fn encrypted_files_are_read_and_each_that_cannot_be_says_why(way: Way) {
    let device = Device::open(way, Screen::Laptop, "#/ban/thu-phieu").await;
    let (key, _) = make_key(&device).await;
    let good = response("a", &key);
    let mut altered = response("b", &key);
    *altered.last_mut().unwrap() ^= 1;
    let other = Identity::generate().public_key();
    let paths = [
        write(&device, "tot.csv.age", &good),
        write(&device, "bi-cat.csv.age", &good[..good.len() - 5]),
        write(&device, "bi-sua.csv.age", altered),
        write(&device, "khoa-khac.csv.age", response("c", &other)),
        write(&device, "khong-phai.csv.age", "a,b\n1,2\n"),
    ];
    device.choose("response-files", &paths).await;
    device.wait_for_text("import-totals", "Nhận mới 1").await;
    let files = device.text("import-files").await;
    let of_another = format!("Khóa đang mở không mở được tệp này. Tệp mã hóa cho khóa {other}.");
    for (name, expected) in [
        ("tot.csv.age", "Nhận mới 1"),
        ("bi-cat.csv.age", "Tệp bị cắt, thiếu phần cuối."),
        ("bi-sua.csv.age", "Tệp bị sửa hoặc hỏng trên đường gửi."),
        ("khoa-khac.csv.age", &of_another),
        ("khong-phai.csv.age", "Đây không phải tệp mã hóa"),
    ] {
        let after = files.split(name).nth(1).unwrap_or_default();
        let lines: Vec<_> = after.lines().take(2).collect();
        assert!(lines.join(" ").contains(expected), "“{expected}” is not of {name}:\n{files}");
    }
    device.wait_for_exact_text("fact-people", "1").await;
    device.close().await;
}

async fn a_closed_key_is_opened_by_its_passphrase_or_its_file_and_waiting_files_are_read(way: Way) {
    let device = Device::open(way, Screen::Laptop, "#/ban/thu-phieu").await;
    let (key, key_file) = make_key(&device).await;
    let waiting = write(&device, "cho.csv.age", response("a", &key));

    // Closed by leaving the page.
    device.go("#/ban/thu-phieu").await;
    device.wait_for_text("encryption", "Chưa mở khóa nào").await;
    device.choose("response-files", &[waiting]).await;
    device.wait_for_text("import-files", &format!("Tệp đã mã hóa cho khóa {key}")).await;
    device.paste(&format!("passphrase-{key}"), "không phải").await;
    device.click(&format!("unlock-{key}")).await;
    device.wait_for_text("key-fault", "Mật khẩu không đúng").await;
    device.go("#/ban/thu-phieu").await;
    let waiting = write(&device, "cho.csv.age", response("a", &key));
    device.find("response-files").await;
    device.choose("response-files", &[waiting]).await;
    device.wait_for_text("encryption", "1 tệp đang chờ").await;
    device.paste(&format!("passphrase-{key}"), PASSPHRASE).await;
    device.click(&format!("unlock-{key}")).await;
    device.wait_for_text("import-files", "Nhận mới 1").await;
    device.wait_for_exact_text("fact-people", "1").await;

    device.click("close-keys").await;
    device.wait_for_text("encryption", "Chưa mở khóa nào").await;
    device.choose("key-file", &[write(&device, "khong-phai.txt", "xin chào")]).await;
    device.wait_for_text("key-fault", "Trong tệp này không có khóa").await;
    device.choose("key-file", &[key_file]).await;
    device.wait_for_text("open-keys", &key).await;
    // One that age has put under a pass-phrase, with as much work as age asks for.
    device.choose("key-file", &[repository_file("tests/data/age/key.protected.age")]).await;
    device.paste("passphrase-file", "Sơn La 2026").await;
    device.click("unlock-file").await;
    device
        .wait_for_text(
            "open-keys",
            "age1ru49y4rzen83emm3h6x3g52pnhvqnr2pu2gjax88danlt8657s7svrnack",
        )
        .await;
    device.close().await;
}

/// Everything that the browser keeps for the page, as one text.
const STORED: &str = "
    const done = arguments[arguments.length - 1];
    const request = indexedDB.open('phieu-xa');
    request.onsuccess = () => {
        const database = request.result;
        const drafts = database.transaction('drafts').objectStore('drafts').getAll();
        drafts.onsuccess = () => { database.close(); done(JSON.stringify(drafts.result)); };
    };
";

/// Exports the dataset; where rows came from is left out.
async fn dataset(device: &Device) -> Vec<Vec<String>> {
    device.click("step-xuat").await;
    let (_, bytes) = device.download("export-dataset").await;
    device.click("step-thu-phieu").await;
    let mut reader = csv::Reader::from_reader(bytes.as_slice());
    let header = reader.headers().unwrap().clone();
    let sources = header.iter().position(|heading| heading == "_source").unwrap();
    let rows = std::iter::once(header).chain(reader.records().map(Result::unwrap));
    let cells = rows.map(|row| {
        let cells = row.iter().enumerate().filter(|(column, _)| *column != sources);
        cells.map(|(_, cell)| cell.to_owned()).collect()
    });
    cells.collect()
}

async fn an_encrypted_kit_hands_in_what_only_its_desk_reads(way: Way) {
    let desk = Device::open(way, Screen::Laptop, "#/ban/phieu-hoi").await;
    desk.wait_for_text("step-thu-phieu", "0").await;
    let survey = "type,name,label,required\ntext,ten,Tên,yes\ninteger,tuoi,Tuổi,yes\n";
    let survey = write(&desk, "survey.csv", survey);
    let settings = "form_title,form_id,version\nHỏi nhanh,hoi-nhanh,1\n";
    let settings = write(&desk, "settings.csv", settings);
    desk.choose("form-files", &[survey, settings]).await;
    desk.wait_for_exact_text("form-title", "Hỏi nhanh").await;
    desk.click("step-dot-khao-sat").await;
    let (key, key_file) = make_key(&desk).await;
    desk.click(&format!("recipient-{key}")).await;
    desk.click("step-bo-phieu").await;
    let (kit, _) = desk.download("make-kit").await;

    // On a leader's phone, from the file alone.
    let phone = Device::open(Way::File, Screen::Phone, "").await;
    phone.driver.goto(format!("file://{}", kit.display())).await.unwrap();
    phone.click("start").await;
    phone.type_into("q-ten", "Nguyễn Văn A").await;
    phone.click("next").await;
    phone.type_into("q-tuoi", "47").await;
    phone.click("next").await;
    phone.wait_for_hash("/phieu/xem-lai").await;
    let (response, encrypted) = phone.download("hand-in").await;
    phone.wait_for_hash("/phieu/da-gui").await;
    phone.wait_for_text("sealed", "chỉ người tổ chức đọc được").await;
    let code = phone.text("receipt-code").await;
    let name = response.file_name().unwrap().to_string_lossy().into_owned();
    assert_eq!(phone.text("receipt-file").await, name);
    assert!(name.ends_with("_r1.csv.age") && !name.contains("nguyen"), "{name}");
    assert!(!phone.has("reopen").await && !phone.has("copy-text").await);
    let (_, again) = phone.download("download-again").await;
    assert_eq!(again, encrypted);

    // Left, it is the trainer's alone; the list knows it by its code.
    phone.click("to-welcome").await;
    phone.find("start").await;
    let page = phone.driver.source().await.unwrap();
    assert!(page.contains(&code) && !page.contains("Nguyễn Văn A"));
    let stored = phone.driver.execute_async(STORED, Vec::new()).await.unwrap();
    let stored = stored.json().as_str().unwrap().to_owned();
    assert!(stored.contains("BEGIN AGE ENCRYPTED FILE"), "{stored}");
    assert!(!stored.contains("Nguyễn"), "{stored}");
    phone.close().await;

    // The desk reads it as it reads the same response unencrypted.
    desk.click("step-thu-phieu").await;
    desk.find("response-files").await;
    desk.choose("response-files", &[write(&desk, &name, &encrypted)]).await;
    desk.wait_for_text("import-files", "Nhận mới 1").await;
    assert!(desk.text("import-files").await.contains(&code));
    let of_encrypted = dataset(&desk).await;
    assert!(of_encrypted[1].contains(&"Nguyễn Văn A".to_owned()));
    let identities = open_key_file(&std::fs::read(key_file).unwrap(), None).unwrap();
    let plain = decrypt(&encrypted, &identities).unwrap();
    desk.click("empty").await;
    desk.click("dialog-yes").await;
    desk.wait_for_exact_text("fact-people", "0").await;
    desk.choose("response-files", &[write(&desk, "khong-ma-hoa.csv", plain)]).await;
    desk.wait_for_text("import-files", "khong-ma-hoa.csv Nhận mới 1").await;
    assert_eq!(dataset(&desk).await, of_encrypted);

    // What can go wrong with it on the way has a message each.
    let mut altered = encrypted.clone();
    let middle = altered.len() - 80;
    altered[middle] = if altered[middle] == b'A' { b'B' } else { b'A' };
    let bad = [
        write(&desk, "bi-cat.csv.age", &encrypted[..encrypted.len() / 2]),
        write(&desk, "bi-sua.csv.age", altered),
    ];
    desk.choose("response-files", &bad).await;
    desk.wait_for_text("import-files", "Tệp bị cắt").await;
    desk.wait_for_text("import-files", "Tệp bị sửa").await;
    desk.close().await;
}

both_ways!(
    an_encrypted_kit_hands_in_what_only_its_desk_reads,
    what_losing_a_key_means_is_said_before_it_is_made_and_its_file_is_shown_once,
    encrypted_files_are_read_and_each_that_cannot_be_says_why,
    a_closed_key_is_opened_by_its_passphrase_or_its_file_and_waiting_files_are_read,
);
