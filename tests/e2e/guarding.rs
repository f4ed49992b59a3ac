//! Nobody but the people concerned: the page asks no network, and runs no code but its own.

use e2e::leader::{answer_everything, give_consent};
use e2e::{Device, Screen, Way, both_ways};

/// What a page under attack would try, and by which part of the policy the browser refuses it.
const REFUSED: [&str; 7] = [
    "connect-src",
    "form-action",
    "frame-src",
    "img-src",
    "script-src",
    "script-src-elem",
    "style-src-elem",
];

/// Tries all of it, and tells what was refused once nothing is left to wait for.
const ATTACK: &str = "
    const [wanted, done] = arguments;
    const refused = new Set();
    document.addEventListener('securitypolicyviolation', (event) => {
      refused.add(event.effectiveDirective);
      if (wanted.every((directive) => refused.has(directive))) {
        done({ refused: [...refused].sort(), injected: window.injected ?? false });
      }
    });
    const elsewhere = 'http://elsewhere.example/';
    const add = (name, properties) =>
      document.body.append(Object.assign(document.createElement(name), properties));
    add('script', { textContent: 'window.injected = true' });
    add('script', { src: elsewhere + 'a.js' });
    add('img', { src: elsewhere + 'a.png' });
    add('link', { rel: 'stylesheet', href: elsewhere + 'a.css' });
    add('iframe', { src: elsewhere });
    add('form', { action: elsewhere, id: 'leaving' });
    document.getElementById('leaving').submit();
    fetch(elsewhere).catch(() => {});
    setTimeout('window.injected = true');
";

async fn no_foreign_code_runs_and_nothing_goes_elsewhere(way: Way) {
    let device = Device::open(way, Screen::Laptop, "").await;
    device.find("door-desk").await;
    let wanted = vec![serde_json::json!(REFUSED)];
    let seen = device.driver.execute_async(ATTACK, wanted).await.unwrap();
    let expected = serde_json::json!({ "refused": REFUSED, "injected": false });
    assert_eq!(seen.json(), &expected);
    device.close().await;
}

both_ways!(no_foreign_code_runs_and_nothing_goes_elsewhere);

#[tokio::test(flavor = "multi_thread")]
async fn from_a_file_nothing_at_all_is_asked_of_a_network() {
    let desk = Device::open(Way::File, Screen::Laptop, "#/ban/dot-khao-sat").await;
    desk.wait_for_text("step-thu-phieu", "0").await;
    desk.type_into("campaign-organiser", "Trường Chính trị tỉnh").await;
    desk.type_into("campaign-contact", "Bà Hoa").await;
    desk.click("step-bo-phieu").await;
    let (kit, _) = desk.download("make-kit").await;

    let phone = Device::open_kit(&kit, Screen::Phone).await;
    phone.find("start").await;
    give_consent(&phone).await;
    answer_everything(&phone).await;
    let (response, _) = phone.download("hand-in").await;

    desk.click("step-thu-phieu").await;
    desk.choose("response-files", &[response.to_string_lossy().into_owned()]).await;
    desk.wait_for_exact_text("fact-people", "1").await;
    desk.click("step-xuat").await;
    desk.download("export-dataset").await;
    assert_eq!([desk.asked_of_network(), phone.asked_of_network()], [[""; 0]; 2]);

    // It would have been seen.
    let _ = desk.driver.goto("http://elsewhere.example/").await;
    let asked = desk.asked_of_network();
    assert!(asked.iter().any(|request| request.contains("elsewhere.example")), "{asked:?}");
    desk.close().await;
    phone.close().await;
}
