//! The served site is kept on the device: it opens without a network, and a new version waits
//! until somebody takes it.

use std::fs;
use std::path::Path;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use e2e::leader::give_consent;
use e2e::{Device, Screen, Way, dist};
use sha2::{Digest as _, Sha256};
use thirtyfour::prelude::*;

const TITLE: &str = "<title>Phiếu Xã</title>";
const NEW_TITLE: &str = "<title>Phiếu Xã, bản mới</title>";

/// Counts how often each window loads the page.
const COUNT_LOADS: &str = "sessionStorage.loads = Number(sessionStorage.loads ?? 0) + 1;";

/// Comes to true once the version that the host has now waits on the device.
const NEW_VERSION: &str = "navigator.serviceWorker.ready.then(async (registration) => {
    await registration.update();
    const worker = registration.installing;
    if (worker && worker.state === 'installing') {
        await new Promise((resolve) => worker.addEventListener('statechange', resolve));
    }
    return registration.waiting !== null;
})";

#[tokio::test(flavor = "multi_thread")]
async fn after_the_first_visit_everything_works_without_a_network() {
    let device = Device::open(Way::Site, Screen::Laptop, "").await;
    device.find("door-answer").await;
    device.unplug().await;

    device.go("#/phieu").await;
    give_consent(&device).await;
    device.type_into("q-ho_ten", "Lò Thị Mai").await;
    device.wait_for_text("saved", "Đã lưu lúc").await;

    device.go("#/ban/bo-phieu").await;
    device.wait_for_text("step-thu-phieu", "0").await;
    let (kit, _) = device.download("make-kit").await;
    let phone = Device::open_kit(&kit, Screen::Phone).await;
    phone.find("start").await;
    let names = "document.querySelectorAll('[rel=manifest], [name=service-worker]').length";
    assert_eq!(phone.when(names).await, 0, "a kit belongs to no site");
    phone.close().await;
    device.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_version_waits_for_the_end_of_a_form_and_keeps_its_draft() {
    let device = Device::open(Way::Site, Screen::Phone, "#/phieu").await;
    device.before_each_page(COUNT_LOADS).await;
    device.wait_until_kept().await;
    device.go("#/phieu").await;
    give_consent(&device).await;
    device.type_into("q-ho_ten", "Lò Thị Mai").await;
    device.wait_for_text("saved", "Đã lưu lúc").await;

    publish_new_version(&device);
    assert_eq!(device.when(NEW_VERSION).await, true);
    device.click("next").await;
    device.wait_for_hash("/phieu/cau/tinh").await;
    assert!(!device.has("update").await, "nobody is interrupted");
    assert_eq!(device.driver.title().await.unwrap(), "Phiếu Xã");

    // Back at the welcome it is offered, and taken with one press.
    show(&device, "#/phieu").await;
    device.wait_for_text("update", "Có bản mới").await;
    device.click("take-update").await;
    wait_for_title(&device, "Phiếu Xã, bản mới").await;
    let resume = device.driver.query(By::Css("[id^=resume-]")).first().await.unwrap();
    resume.click().await.unwrap();
    device.wait_for_hash("/phieu/cau/tinh").await;
    device.click("back").await;
    let name = device.find("q-ho_ten").await.value().await.unwrap();
    assert_eq!(name.as_deref(), Some("Lò Thị Mai"));
    show(&device, "#/").await;
    device.find("door-answer").await;
    assert!(!device.has("update").await, "there is nothing newer");
    assert_eq!(device.when("Number(sessionStorage.loads)").await, 2, "loaded anew once");
    assert_eq!(device.when("caches.keys().then((names) => names.length)").await, 1);

    // And the new version is whole.
    device.unplug().await;
    device.go("#/ban/thu-phieu").await;
    device.wait_for_exact_text("fact-people", "0").await;
    device.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_window_in_the_middle_of_a_form_is_left_alone_when_another_takes_the_new_version() {
    let device = Device::open(Way::Site, Screen::Phone, "#/phieu").await;
    device.wait_until_kept().await;
    give_consent(&device).await;
    let answering = device.driver.window().await.unwrap();
    let other = device.driver.new_tab().await.unwrap();
    device.driver.switch_to_window(other).await.unwrap();
    device.go("").await;
    device.find("door-answer").await;
    publish_new_version(&device);
    assert_eq!(device.when(NEW_VERSION).await, true);
    device.click("take-update").await;
    wait_for_title(&device, "Phiếu Xã, bản mới").await;

    device.driver.switch_to_window(answering).await.unwrap();
    device.type_into("q-ho_ten", "Lò Thị Mai").await;
    device.wait_for_text("saved", "Đã lưu lúc").await;
    assert_eq!(device.driver.title().await.unwrap(), "Phiếu Xã");
    assert!(!device.has("update").await, "nobody is interrupted");
    show(&device, "#/phieu").await;
    device.click("take-update").await;
    wait_for_title(&device, "Phiếu Xã, bản mới").await;
    device.driver.query(By::Css("[id^=resume-]")).first().await.unwrap();
    device.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_site_that_is_only_half_published_is_not_taken() {
    let device = Device::open(Way::Site, Screen::Phone, "").await;
    device.wait_until_kept().await;
    publish_new_version(&device);
    fs::copy(dist().join("index.html"), device.folder().join("site/index.html")).unwrap();
    assert_eq!(device.when(NEW_VERSION).await, false);
    device.unplug().await;
    device.go("").await;
    device.find("door-answer").await;
    device.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_offers_to_install_the_site() {
    let device = Device::open(Way::Site, Screen::Phone, "").await;
    device.wait_until_kept().await;
    let tools = device.driver.cdp();
    let nothing = || serde_json::json!({});
    let manifest = tools.send_raw("Page.getAppManifest", nothing()).await.unwrap();
    assert_eq!(manifest["errors"], serde_json::json!([]));
    assert!(manifest["url"].as_str().unwrap().ends_with("/manifest.webmanifest"), "{manifest}");
    let errors = tools.send_raw("Page.getInstallabilityErrors", nothing()).await.unwrap();
    assert_eq!(errors["installabilityErrors"], serde_json::json!([]));
    device.close().await;
}

/// Publishes the build with another title, and a service worker that knows its hash.
fn publish_new_version(device: &Device) {
    let folder = device.folder().join("site");
    copy(&dist(), &folder);
    let page = fs::read_to_string(folder.join("index.html")).unwrap();
    let new_page = page.replace(TITLE, NEW_TITLE);
    assert_ne!(page, new_page);
    fs::write(folder.join("index.html"), &new_page).unwrap();

    let worker = fs::read_to_string(folder.join("service-worker.js")).unwrap();
    let hash = |page: &str| BASE64_STANDARD.encode(Sha256::digest(page));
    let new_worker = worker
        .replace(&hash(&page), &hash(&new_page))
        .replace("const VERSION = \"", "const VERSION = \"new-");
    assert_ne!(worker, new_worker);
    fs::write(folder.join("service-worker.js"), new_worker).unwrap();
    device.publish(&folder);
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let copied = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &copied);
        } else {
            fs::copy(entry.path(), copied).unwrap();
        }
    }
}

/// Goes to another page of the product without loading it anew.
async fn show(device: &Device, hash: &str) {
    let script = "location.hash = arguments[0];";
    device.driver.execute(script, vec![serde_json::json!(hash)]).await.unwrap();
}

async fn wait_for_title(device: &Device, title: &str) {
    let waited = device.driver.query(By::XPath(format!("//title[text()='{title}']"))).first().await;
    waited.unwrap_or_else(|error| panic!("the title is not “{title}”: {error}"));
}
