//! A trainer merges files, sees the needs, and takes the data out.

use e2e::{Device, Screen, Way, both_ways, repository_file};
use serde_json::Value;
use thirtyfour::prelude::*;

const HEADER: &str = "chuc_danh,gioi_tinh,imp_A1,abl_A1,_form,_root,_revision";

fn write(device: &Device, name: &str, content: impl AsRef<[u8]>) -> String {
    let path = device.folder().join(name);
    std::fs::write(&path, content).expect("a file of the test");
    path.to_string_lossy().into_owned()
}

/// Imports and waits until the desk has told what became of every file.
async fn import(device: &Device, paths: &[String]) -> String {
    device.choose("response-files", paths).await;
    device.wait_for_text("import-totals", "Nhận mới").await;
    device.text("import-files").await
}

async fn good_files_are_taken_and_bad_ones_refused_with_their_reason(way: Way) {
    let device = Device::open(way, Screen::Laptop, "#/ban/thu-phieu").await;
    let good = format!("{HEADER}\nbt,nam,5,3,nhu-cau,a,1\n");
    let paths = [
        write(&device, "tot.csv", &good),
        write(&device, "moi-hon.csv", good.replace(",1\n", ",2\n")),
        write(&device, "trong.csv", ""),
        write(&device, "anh.png", b"\x89PNG\r\n\x1a\n\0\0"),
        write(&device, "nen.csv", b"PK\x03\x04\0\0"),
        write(&device, "muc-7.csv", good.replace(",5,", ",7,").replace(",a,", ",b,")),
        write(&device, "phieu-khac.csv", good.replace("nhu-cau", "khac")),
    ];
    let files = import(&device, &paths).await;
    for expected in [
        "tot.csv Nhận mới 1",
        "moi-hon.csv Bản mới hơn 1",
        "Tệp trống",
        "Không mở được ảnh này",
        "Tệp hỏng hoặc không mở được",
        "Dòng 2, cột 3 “imp_A1”: “7” không hợp lệ",
        "phiếu hỏi “khac”",
    ] {
        assert!(files.contains(expected), "“{expected}” is not in:\n{files}");
    }
    device.wait_for_exact_text("fact-people", "1").await;

    // Importing again changes nothing, and a reload keeps it.
    let again = import(&device, &paths[..2]).await;
    assert!(again.contains("Đã có 1") && !again.contains("Nhận mới"), "{again}");
    device.go("#/ban/thu-phieu").await;
    device.wait_for_exact_text("fact-people", "1").await;
    assert_eq!(device.text("fact-revisions").await, "1");

    // Emptying asks, and takes no for an answer.
    device.click("empty").await;
    device.click("dialog-no").await;
    let focused = device.driver.active_element().await.unwrap();
    assert_eq!(focused.id().await.unwrap().as_deref(), Some("empty"), "one is back where one was");
    device.wait_for_exact_text("fact-people", "1").await;
    device.click("empty").await;
    device.click("dialog-yes").await;
    device.wait_for_exact_text("fact-people", "0").await;
    device.go("#/ban/thu-phieu").await;
    device.find("response-files").await;
    device.wait_for_exact_text("fact-people", "0").await;
    device.close().await;
}

/// Five hundred good files, fifty that are bad in every way, and a film of 300 MB.
async fn a_folder_with_bad_files_and_a_film_is_taken_but_for_these(way: Way) {
    let device = Device::open(way, Screen::Laptop, "#/ban/thu-phieu").await;
    let row = |root: &str| format!("{HEADER}\nbt,nam,5,3,nhu-cau,{root},1\n");
    let mut paths: Vec<String> = (0..500)
        .map(|at| write(&device, &format!("tot-{at}.csv"), row(&format!("r{at}"))))
        .collect();
    for at in 0..50 {
        let own = row(&format!("hong-{at}"));
        let content: Vec<u8> = match at % 10 {
            0 => Vec::new(),
            1 => b"\x89PNG\r\n\x1a\n\0\0".to_vec(),
            2 => b"PK\x03\x04\0\0".to_vec(),
            3 => own.replace(",5,", ",7,").into_bytes(),
            4 => own.replace("nhu-cau", "khac").into_bytes(),
            5 => own.replace("nam,5", "\"nam,5").into_bytes(),
            6 => own.replace(",1\n", ",một\n").into_bytes(),
            7 => b"age-encryption.org/v1\n-> X25519".to_vec(),
            8 => HEADER.as_bytes().to_vec(),
            _ => own.replace("bt,", "").into_bytes(),
        };
        paths.push(write(&device, &format!("hong-{at}.csv"), content));
    }
    let film = device.folder().join("phim.mp4");
    let file = std::fs::File::create(&film).expect("a file of the test");
    file.set_len(300 << 20).expect("an empty film");
    paths.push(film.to_string_lossy().into_owned());
    let files = import(&device, &paths).await;
    device.wait_for_exact_text("fact-people", "500").await;
    for at in 0..50 {
        assert!(files.contains(&format!("hong-{at}.csv")), "hong-{at}.csv is not in:\n{files}");
    }
    assert!(files.contains("phim.mp4"), "{files}");
    assert_eq!(device.text("fact-files").await, "500");
    // The same folder again brings nothing.
    device.choose("response-files", &paths[..500]).await;
    device.wait_for_text("import-totals", "Đã có 500").await;
    assert_eq!(device.text("fact-people").await, "500");
    device.close().await;
}

async fn the_form_of_the_desk_and_its_responses_survive_a_reload(way: Way) {
    let device = Device::open(way, Screen::Laptop, "#/ban/phieu-hoi").await;
    open_reference_form(&device).await;
    import(&device, &[repository_file("tests/data/reference/responses.csv")]).await;
    device.go("#/ban/thu-phieu").await;
    device.wait_for_exact_text("fact-people", "300").await;
    device.click("step-phieu-hoi").await;
    device.click("form-nhu-cau").await;
    device.wait_for_text("form-title", "nhu cầu bồi dưỡng").await;
    device.click("step-thu-phieu").await;
    device.wait_for_exact_text("fact-people", "0").await;
    device.close().await;
}

async fn a_form_comes_as_a_workbook_and_faults_are_told_by_cell(way: Way) {
    let device = Device::open(way, Screen::Laptop, "#/ban/phieu-hoi").await;
    device.wait_for_text("step-thu-phieu", "0").await;
    let workbook = |name: &str| repository_file(&format!("tests/data/forms/{name}"));
    device.choose("form-files", &[workbook("cell-error.xlsx")]).await;
    device.wait_for_text("form-faults", "dòng 5, cột Relevance: Ô này báo lỗi #REF!").await;
    let survey = write(&device, "survey.csv", "type,name,label\ntext,a,A\nimage,b,B\n");
    let settings = write(&device, "settings.csv", "form_title,form_id,version\nChụp,chup,1\n");
    device.choose("form-files", &[survey, settings]).await;
    device.wait_for_text("form-faults", "“image” cần máy ảnh").await;
    device.click("leave-out").await;
    device.wait_for_exact_text("form-title", "Chụp").await;
    device.choose("form-files", &[workbook("small.xlsx")]).await;
    device.wait_for_exact_text("form-title", "Thử").await;

    // Taken out and brought in again it is the same form.
    let (path, _) = device.download("download-form").await;
    assert_eq!(path.file_name().unwrap(), "thu.xlsx");
    device.click("form-sau-boi-duong").await;
    device.wait_for_text("form-title", "sau bồi dưỡng").await;
    device.choose("form-files", &[path.to_string_lossy().into_owned()]).await;
    device.wait_for_exact_text("form-title", "Thử").await;
    device.close().await;
}

async fn an_import_that_is_stopped_leaves_everything_as_it_was(way: Way) {
    let device = Device::open(way, Screen::Laptop, "#/ban/thu-phieu").await;
    let row = |root: &str| format!("{HEADER}\nbt,nam,5,3,nhu-cau,{root},1\n");
    import(&device, &[write(&device, "truoc.csv", row("truoc"))]).await;
    // Large enough that the click comes first on any machine: one file with many rows, then more.
    let many: Vec<String> = (0..4)
        .map(|file| {
            let rows: String =
                (0..60_000).map(|i| format!("bt,nam,5,3,nhu-cau,{file}-{i},1\n")).collect();
            write(&device, &format!("nhieu-{file}.csv"), format!("{HEADER}\n{rows}"))
        })
        .collect();
    device.choose("response-files", &many).await;
    device.click("cancel-import").await;
    device.wait_for_text("notice", "Đã dừng").await;
    device.wait_for_exact_text("fact-people", "1").await;
    device.go("#/ban/thu-phieu").await;
    device.wait_for_exact_text("fact-people", "1").await;
    device.close().await;
}

async fn a_worker_that_dies_is_told_once_and_a_fresh_one_goes_on(way: Way) {
    let device = Device::open(way, Screen::Laptop, "").await;
    device
        .before_each_page(
            "window.workers = [];
             window.Worker = class extends Worker {
                 constructor(...all) { super(...all); workers.push(this); }
             };",
        )
        .await;
    device.go("#/ban/thu-phieu").await;
    let row = |root: &str| format!("{HEADER}\nbt,nam,5,3,nhu-cau,{root},1\n");
    import(&device, &[write(&device, "truoc.csv", row("truoc"))]).await;
    let dies = "workers.at(-1).dispatchEvent(new ErrorEvent('error', { message: 'chết' }));
        return workers.length";
    let workers = device.driver.execute(dies, vec![]).await.unwrap();
    assert_eq!(workers.json(), 1);
    device.wait_for_text("notice", "(Chi tiết: chết)").await;
    // What was collected is still there, and the next files are taken.
    import(&device, &[write(&device, "sau.csv", row("sau"))]).await;
    device.wait_for_exact_text("fact-people", "2").await;
    assert!(!device.has("notice").await);
    let workers = device.driver.execute("return workers.length", vec![]).await.unwrap();
    assert_eq!(workers.json(), 2);
    device.close().await;
}

async fn the_reference_data_give_the_expected_numbers_on_screen_and_in_files(way: Way) {
    let device = Device::open(way, Screen::Laptop, "#/ban/phieu-hoi").await;
    // The count stands there as soon as the worker has answered: from now on all is at hand.
    device.wait_for_text("step-thu-phieu", "0").await;
    device.unplug().await;
    let asked_before = device.requests();
    open_reference_form(&device).await;
    let files = import(&device, &[repository_file("tests/data/reference/responses.csv")]).await;
    assert!(files.contains("Nhận mới 300 · Bản mới hơn 3"), "{files}");
    device.wait_for_exact_text("fact-people", "300").await;

    let expected: Value = serde_json::from_slice(
        &std::fs::read(repository_file("tests/data/reference/expected.json")).unwrap(),
    )
    .unwrap();
    let items = expected["items"].as_array().unwrap();

    // On screen, as rounded there.
    device.click("step-phan-tich").await;
    let unfold = device.driver.query(By::Css("#all-numbers summary")).first().await;
    unfold.expect("every number is there").click().await.expect("it opens");
    for item in items {
        let code = item["item"].as_str().unwrap();
        let row = device.find(&format!("need-{code}")).await;
        let mut cells = Vec::new();
        for cell in row.find_all(By::Css("td")).await.unwrap() {
            cells.push(cell.text().await.unwrap());
        }
        let vietnamese = |name: &str, decimals: usize| {
            let value = item[name].as_f64().unwrap();
            format!("{value:.decimals$}").replace('.', ",").replace('-', "−")
        };
        assert_eq!(cells[0], item["rank_MWDS"].to_string(), "{code}");
        assert_eq!(cells[1], vietnamese("MWDS", 2), "{code}");
        assert_eq!(cells[2], vietnamese("gap", 2), "{code}");
        assert_eq!(cells[9], item["n_pair"].to_string(), "{code}");
    }

    // In the file, to 1e-9.
    device.click("step-xuat").await;
    let (_, needs) = device.download("export-needs").await;
    let mut reader = csv::Reader::from_reader(needs.as_slice());
    let header = reader.headers().unwrap().clone();
    let column = |name: &str| header.iter().position(|heading| heading == name).unwrap();
    let mut compared = 0;
    for row in reader.records().map(Result::unwrap).filter(|row| &row[0] == "overall") {
        let item = items.iter().find(|item| item["item"] == row[column("competency")]).unwrap();
        for (name, reference) in [
            ("n_importance", "n_I"),
            ("n_ability", "n_A"),
            ("n_pairs", "n_pair"),
            ("mean_importance", "mean_I"),
            ("mean_ability", "mean_A"),
            ("sd_importance", "sd_I"),
            ("sd_ability", "sd_A"),
            ("gap", "gap"),
            ("mwds", "MWDS"),
            ("rds", "RDS"),
            ("share_need", "NR_pct"),
            ("share_surplus", "PR_pct"),
            ("share_tie", "TR_pct"),
            ("pni_modified", "PNI_mod"),
            ("share_high_need", "share_high_need"),
            ("rank_mwds", "rank_MWDS"),
        ] {
            let found: f64 = row[column(name)].parse().unwrap();
            let wanted = item[reference].as_f64().unwrap();
            let difference = (found - wanted).abs();
            assert!(difference <= 1e-9 * wanted.abs().max(1e-3), "{name}: {found}, not {wanted}");
            compared += 1;
        }
    }
    assert_eq!(compared, 20 * 16);
    assert_eq!(device.requests(), asked_before, "nothing was asked of the network");
    device.close().await;
}

/// Uses the form of the reference data, on the page that is open.
async fn open_reference_form(device: &Device) {
    let sheets = ["survey", "choices", "settings", "competencies"];
    let paths = sheets.map(|s| repository_file(&format!("tests/data/reference-form/{s}.csv")));
    device.find("form-files").await;
    device.choose("form-files", &paths).await;
    device.wait_for_text("form-title", "Bộ số liệu đối chiếu").await;
    device.click("step-thu-phieu").await;
}

async fn a_dataset_exported_and_imported_again_is_the_same_byte_for_byte(way: Way) {
    let device = Device::open(way, Screen::Laptop, "#/ban/phieu-hoi").await;
    open_reference_form(&device).await;
    import(&device, &[repository_file("tests/data/reference/responses.csv")]).await;
    device.click("step-xuat").await;
    let (path, first) = device.download("export-dataset").await;
    let (_, excel) = device.download("export-dataset-excel").await;
    assert!(excel.starts_with("\u{feff}".as_bytes()) && excel.windows(2).any(|w| w == b"\r\n"));
    device.click("step-thu-phieu").await;
    device.click("empty").await;
    device.click("dialog-yes").await;
    device.wait_for_exact_text("fact-people", "0").await;
    import(&device, &[path.to_string_lossy().into_owned()]).await;
    device.wait_for_exact_text("fact-people", "300").await;
    device.click("step-xuat").await;
    let (_, second) = device.download("export-dataset").await;
    assert_eq!(first, second);
    device.close().await;
}

async fn the_form_is_printed_with_its_rules_in_words_and_its_codes(way: Way) {
    let device = Device::open(way, Screen::Laptop, "#/ban/phieu-hoi").await;
    device.wait_for_text("step-thu-phieu", "0").await;
    device.unplug().await;
    device.click("form-paper").await;
    device.wait_for_hash("/ban/phieu-hoi/in").await;
    device.wait_for_text("paper-form", "Mã phiếu hỏi: nhu-cau · phiên bản 20").await;
    let paper = device.text("paper").await;
    for expected in ["Câu 1. Họ và tên", "VII. Khó khăn, kiến nghị", "Nhóm 4"] {
        assert!(paper.contains(expected), "“{expected}” is not on the paper");
    }
    for unseen in ["nhom", "co_chenh_lech", "Theo hướng dẫn của người tổ chức", "Chỉ trên máy này"]
    {
        assert!(!paper.contains(unseen), "“{unseen}” is on the paper");
    }
    for (id, expected) in [
        ("paper-kiem_nhiem", "Câu 6. Chỉ trả lời nếu câu 5 chọn “Có”."),
        ("paper-chuc_danh", "Chủ tịch UBND ct_ubnd"),
        ("paper-A2", "Chỉ dành cho nhóm 1 ở câu 4."),
        ("paper-dong_y", "tự nguyện đồng ý"),
    ] {
        let text = device.text(id).await;
        assert!(text.contains(expected), "“{expected}” is not in: {text}");
    }
    // Every page prints its number and, whatever the browser, the form's id and version.
    let style =
        "return getComputedStyle(document.documentElement).getPropertyValue('--page-number')";
    let number = device.driver.execute(style, Vec::new()).await.unwrap();
    assert!(number.json().as_str().unwrap().contains("Trang \" counter(page) \"/\""));
    let foot = "return getComputedStyle(document.querySelector('.sheet-foot')).display";
    let foot = device.driver.execute(foot, Vec::new()).await.unwrap();
    assert_eq!(foot.json().as_str(), Some("table-footer-group"), "browsers repeat it");

    device.click("lang-en").await;
    device.wait_for_text("paper-kiem_nhiem", "Answer only if question 5 says “Yes”.").await;
    device.click("paper-back").await;
    device.wait_for_hash("/ban/phieu-hoi").await;
    device.close().await;
}

async fn everything_leaves_as_one_workbook_that_comes_back(way: Way) {
    let device = Device::open(way, Screen::Laptop, "#/ban/phieu-hoi").await;
    open_reference_form(&device).await;
    import(&device, &[repository_file("tests/data/reference/responses.csv")]).await;
    device.click("step-xuat").await;
    let (path, _) = device.download("save-book").await;
    let path = path.to_string_lossy().into_owned();
    assert!(path.ends_with("-ket-qua.xlsx"), "{path}");
    device.click("step-thu-phieu").await;
    device.click("empty").await;
    device.click("dialog-yes").await;
    device.wait_for_exact_text("fact-people", "0").await;
    import(&device, &[path]).await;
    device.wait_for_exact_text("fact-people", "300").await;
    device.close().await;
}

both_ways!(
    a_worker_that_dies_is_told_once_and_a_fresh_one_goes_on,
    the_form_is_printed_with_its_rules_in_words_and_its_codes,
    a_form_comes_as_a_workbook_and_faults_are_told_by_cell,
    the_form_of_the_desk_and_its_responses_survive_a_reload,
    good_files_are_taken_and_bad_ones_refused_with_their_reason,
    a_folder_with_bad_files_and_a_film_is_taken_but_for_these,
    an_import_that_is_stopped_leaves_everything_as_it_was,
    the_reference_data_give_the_expected_numbers_on_screen_and_in_files,
    a_dataset_exported_and_imported_again_is_the_same_byte_for_byte,
    everything_leaves_as_one_workbook_that_comes_back,
);
