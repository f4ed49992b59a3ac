//! A trainer tries a form of her own out at the desk, before anybody gets it.

use e2e::{Device, Screen, Way, both_ways, repository_file};
use thirtyfour::prelude::*;

/// The keys, as WebDriver has them among the characters.
const ENTER: &str = "\u{e007}";
const BACKSPACE: &str = "\u{e003}";

async fn a_form_with_courses_is_tried_out_with_its_rules_in_sight(way: Way) {
    let device = Device::open(way, Screen::Laptop, "#/ban/phieu-hoi").await;
    device.wait_for_text("step-thu-phieu", "0").await;
    device.unplug().await;
    let asked_before = device.requests();
    let sheets = ["survey", "choices", "settings"]
        .map(|sheet| repository_file(&format!("tests/data/forms/khoa-hoc/{sheet}.csv")));
    device.choose("form-files", &sheets).await;
    device.wait_for_exact_text("form-title", "Khóa học đã dự").await;

    device.click("preview").await;
    device.click("start").await;
    device.type_into("q-ten", &format!("Lò Thị Mai{ENTER}")).await;
    device.wait_for_text("q-tuoi-label", "Chào Lò Thị Mai").await;
    device.type_into("q-tuoi", "12").await;
    device.wait_for_exact_text("rule-tuoi-constraint", "sai").await;
    device.wait_for_exact_text("rule-khoa-relevant", "sai").await;
    device.type_into("q-tuoi", &format!("{BACKSPACE}{BACKSPACE}45")).await;
    device.wait_for_exact_text("rule-khoa-relevant", "đúng").await;

    // Two courses; back into the first; one is taken away. Mostly by Enter: two clicks on one
    // place in no time are one double click. Five days bring a further question onto the screen,
    // where Enter goes to that one and not to the next screen.
    device.type_into("q-tuoi", ENTER).await;
    device.type_into("q-khoa[1]/ten_khoa", &format!("Kỹ năng số{ENTER}")).await;
    device.type_into("q-khoa[1]/ngay", "5").await;
    device.click("next").await;
    device.click("add-khoa").await;
    device.type_into("q-khoa[2]/ten_khoa", &format!("Tiếng Tày{ENTER}")).await;
    device.type_into("q-khoa[2]/ngay", "2").await;
    device.wait_for_exact_text("rule-tong-calculation", "7").await;
    device.type_into("q-khoa[2]/ngay", ENTER).await;
    device.click("open-khoa-1").await;
    device.type_into("q-khoa[1]/ten_khoa", ENTER).await;
    device.click("next").await;
    device.click("remove-khoa-1").await;
    device.click("dialog-yes").await;
    device.wait_for_text("open-khoa-1", "Tiếng Tày").await;
    device.wait_for_exact_text("rule-tong-calculation", "2").await;

    // The form speaks a language that the screens do not.
    let language = device.find("form-language").await;
    let hmong = By::Css("option[value='hmn']");
    language.find(hmong).await.unwrap().click().await.unwrap();
    device.wait_for_exact_text("screen-title", "Kev kawm").await;

    // Nothing of it is kept.
    device.click("close-preview").await;
    device.wait_for_exact_text("form-title", "Khóa học đã dự").await;
    assert_eq!(device.requests(), asked_before, "everything was done without the network");
    device.click("to-home").await;
    device.click("door-answer").await;
    device.find("start").await;
    assert!(!device.driver.source().await.unwrap().contains("Lò Thị Mai"));
    device.close().await;
}

/// The id of what has the focus.
async fn focused(device: &Device) -> String {
    let focused = device.driver.active_element().await.expect("something has the focus");
    focused.id().await.unwrap().unwrap_or_default()
}

async fn numbers_are_read_back_and_a_ranking_keeps_the_focus_on_a_computers_page(way: Way) {
    let device = Device::open(way, Screen::Laptop, "#/ban/phieu-hoi").await;
    device.wait_for_text("step-thu-phieu", "0").await;
    let write = |name: &str, content: &str| {
        let path = device.folder().join(name);
        std::fs::write(&path, content).expect("a file of the test");
        path.to_string_lossy().into_owned()
    };
    let sheets = [
        write(
            "survey.csv",
            "type,name,label,constraint,parameters\n\
             begin group,g,Phần một,,\n\
             decimal,so,Diện tích (ha)?,,\n\
             range,muc,Chấm mấy điểm?,,start=0 end=10 step=0.5\n\
             rank viec,xep,Việc nào trước?,,\n\
             end group,,,,\n",
        ),
        write("choices.csv", "list_name,name,label\nviec,a,A\nviec,b,B\nviec,c,C\n"),
        write("settings.csv", "form_title,form_id,version\nThử,thu,1\n"),
    ];
    device.choose("form-files", &sheets).await;
    device.wait_for_exact_text("form-title", "Thử").await;
    device.click("preview").await;
    device.click("start").await;
    device.find("q-so").await;
    assert!(!device.has("q-muc").await, "a phone asks one thing at a time");
    device.click("preview-computer").await;
    device.wait_for_text("q-muc-range", "Từ 0 đến 10, mỗi bước 0,5").await;

    device.type_into("q-so", "1.500").await;
    device.wait_for_text("q-so-understood", "Hiểu là 1,5. Nếu ý đồng chí là 1500").await;
    device.type_into("q-muc", "7,5").await;
    assert!(!device.has("q-muc-understood").await, "it says the same");

    // By the keyboard: the focus is where one goes on, and each place is read out.
    device.find("q-xep-b").await.send_keys(Key::Space).await.unwrap();
    device.wait_for_exact_text("q-xep-told", "B: thứ 1 trong 1").await;
    assert_eq!(focused(&device).await, "q-xep-c");
    device.press(Key::Space).await;
    device.wait_for_exact_text("q-xep-told", "C: thứ 2 trong 2").await;
    assert_eq!(focused(&device).await, "q-xep-a");
    device.press(Key::Space).await;
    device.wait_for_exact_text("q-xep-told", "A: thứ 3 trong 3").await;
    assert_eq!(focused(&device).await, "q-xep-a-up", "nothing is left to choose");
    device.press(Key::Enter).await;
    device.wait_for_exact_text("q-xep-told", "A: thứ 2 trong 3").await;
    assert_eq!(focused(&device).await, "q-xep-a-up", "it moved, and it is still pressed");
    device.press(Key::Enter).await;
    device.wait_for_exact_text("q-xep-told", "A: thứ 1 trong 3").await;
    assert_eq!(focused(&device).await, "q-xep-a-down", "there is no way further up");
    device.find("q-xep-a-remove").await.send_keys(Key::Enter).await.unwrap();
    device.wait_for_exact_text("q-xep-told", "Đã bỏ ra: A").await;
    assert_eq!(focused(&device).await, "q-xep-b-remove", "what stands there now");

    device.click("preview-phone").await;
    device.find("q-so").await;
    assert!(!device.has("q-xep-told").await);
    device.close().await;
}

both_ways!(
    a_form_with_courses_is_tried_out_with_its_rules_in_sight,
    numbers_are_read_back_and_a_ranking_keeps_the_focus_on_a_computers_page,
);
