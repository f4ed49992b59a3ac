//! Every screen as a picture, to be looked at: the form that ships from the welcome to the receipt,
//! and the steps of the desk; on a phone and a laptop, light and dark, in both languages.
//! `cargo xtask gallery` leaves the pictures in order, and a page that shows all of them.

mod full_desk;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use e2e::{Device, Screen, Way, repository_file};
use full_desk::{UNITS, campaign, open_campaign, take_in};
use serde_json::{Value, json};
use thirtyfour::prelude::*;

const SIZES: [(u32, u32); 2] = [(360, 740), (1280, 800)];
/// Of the two generated campaigns.
const SEEDS: [u64; 2] = [7, 6];
const SCHEMES: [&str; 2] = ["light", "dark"];
const LANGUAGES: [&str; 2] = ["vi", "en"];
/// Rating screens are alike: so many are passed for each that is pictured.
const RATINGS_PASSED: usize = 12;

#[tokio::main]
async fn main() {
    let folder = PathBuf::from(std::env::var_os("PHIEU_XA_GALLERY").expect("a folder to fill"));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("the folder can be made");
    let mut sheet = CONTACT_SHEET.to_owned();
    for size in SIZES {
        // Both languages go the same way.
        let mut stops = Vec::new();
        for language in LANGUAGES {
            let device = Device::open(Way::File, Screen::Laptop, "").await;
            let mut walk =
                Walk { device: &device, folder: &folder, size, language, stops: Vec::new() };
            walk.go().await;
            stops = walk.stops;
            device.close().await;
        }
        println!("{} screens at {}×{}", stops.len(), size.0, size.1);
        for stop in stops {
            sheet.push_str(&row_of_pictures(&folder, size, &stop));
        }
    }
    let path = folder.join("index.html");
    fs::write(&path, sheet).expect("the page is written");
    println!("all of them: {}", path.display());
}

/// One way through everything, in one language.
struct Walk<'a> {
    device: &'a Device,
    folder: &'a Path,
    size: (u32, u32),
    language: &'a str,
    stops: Vec<String>,
}

impl Walk<'_> {
    async fn go(&mut self) {
        self.emulate(self.size.1, SCHEMES[0]).await;
        self.device.go("").await;
        if self.language == "en" {
            self.device.click("lang-en").await;
            self.device.find("lang-vi").await;
        }
        self.picture("start").await;
        self.answer().await;
        self.collect().await;
        self.analyse().await;
    }

    async fn answer(&mut self) {
        self.device.click("door-answer").await;
        self.device.find("start").await;
        self.picture("welcome").await;
        self.device.click("start").await;
        self.device.find("q-dong_y").await;
        self.picture("consent").await;
        self.device.click("next").await;
        self.device.find("consent-fault").await;
        self.picture("consent-fault").await;
        self.device.click("q-dong_y").await;
        self.device.click("next").await;
        self.device.wait_for_hash("/phieu/cau/ho_ten").await;
        self.answer_screens().await;
        self.picture("review").await;
        self.device.driver.execute(UNFOLD, vec![]).await.expect("the sections unfold");
        self.picture("review-unfolded").await;
        self.device.click("hand-in").await;
        self.device.find("receipt-code").await;
        self.picture("receipt").await;
        self.device.click("to-welcome").await;
        self.device.find("start").await;
        self.picture("welcome-again").await;
    }

    async fn answer_screens(&mut self) {
        let mut ratings = 0;
        let mut faults_shown = Vec::new();
        loop {
            let hash = self.device.hash().await;
            let Some(name) = hash.strip_prefix("/phieu/cau/") else { return };
            let is_rating = name.starts_with("imp_");
            let is_pictured = !is_rating || ratings % RATINGS_PASSED == 0;
            ratings += usize::from(is_rating);
            if is_pictured {
                self.picture(name).await;
            }
            if name == "ho_ten" {
                self.device.type_into("q-ho_ten", "Nguyễn Thị Thanh Hương").await;
            }
            // What is asked may depend on what was answered on the same page.
            while !self.is_left(&hash).await {
                if !faults_shown.contains(&is_rating) {
                    self.picture(&format!("{name}-fault")).await;
                    faults_shown.push(is_rating);
                }
                self.device.driver.execute(CHOOSE, vec![]).await.expect("choices are made");
                if is_pictured {
                    self.picture(&format!("{name}-answered")).await;
                }
            }
        }
    }

    /// Tries to go on; false where something is missing first.
    async fn is_left(&self, hash: &str) -> bool {
        self.device.click("next").await;
        loop {
            if self.device.hash().await != hash {
                return true;
            }
            if self.device.driver.find(By::Css("[data-faulty=true]")).await.is_ok() {
                return false;
            }
        }
    }

    async fn collect(&mut self) {
        let device = self.device;
        device.go("#/ban/phieu-hoi").await;
        device.find("form-title").await;
        self.picture("desk-form").await;
        for step in ["dot-khao-sat", "danh-sach", "bo-phieu"] {
            device.click(&format!("step-{step}")).await;
            device.wait_for_hash(&format!("/ban/{step}")).await;
            self.picture(&format!("desk-{step}")).await;
        }
        device.click("step-phieu-hoi").await;
        device.find("form-title").await;
        device.click("preview").await;
        device.click("start").await;
        device.click("q-dong_y").await;
        device.click("next").await;
        device.find("q-ho_ten").await;
        self.picture("desk-preview").await;
        device.go("#/ban/phieu-hoi").await;
        device.find("form-title").await;
        let wrong = device.folder().join("survey.csv");
        fs::write(&wrong, "type,name,label\ntext,a,A\nimage,b,B\n").expect("a form is written");
        device.choose("form-files", &[wrong.to_string_lossy().into_owned()]).await;
        device.find("form-faults").await;
        self.picture("desk-form-faults").await;
        let sheets = ["survey", "choices", "settings", "competencies"];
        let sheets = sheets.map(|s| repository_file(&format!("tests/data/reference-form/{s}.csv")));
        device.choose("form-files", &sheets).await;
        let title = if self.language == "vi" { "Bộ số liệu" } else { "Reference" };
        device.wait_for_text("form-title", title).await;
        device.click("step-thu-phieu").await;
        device.wait_for_exact_text("fact-people", "0").await;
        self.picture("desk-collect").await;
        let responses = repository_file("tests/data/reference/responses.csv");
        device.choose("response-files", &[responses, repository_file("LICENSE-MIT")]).await;
        device.wait_for_exact_text("fact-people", "300").await;
        self.picture("desk-collected").await;
        device.click("empty").await;
        device.find("dialog-no").await;
        self.picture("desk-empty").await;
        device.click("dialog-no").await;
        device.click("step-phan-tich").await;
        device.find("ranking").await;
        self.picture("desk-needs").await;
        device.click("by-post").await;
        device.find("group").await;
        self.picture("desk-needs-by-post").await;
        device.click("step-xuat").await;
        device.find("export-needs").await;
        self.picture("desk-export").await;
    }

    /// The steps of a desk where a campaign came in, and another before it.
    async fn analyse(&mut self) {
        let device = self.device;
        for (seed, [id, name, opens]) in SEEDS
            .into_iter()
            .zip([["c0", "Đợt trước", "2025-10-01"], ["c1", "Đợt này", "2026-10-01"]])
        {
            let made = campaign(seed, UNITS);
            device.go("#/ban/dot-khao-sat").await;
            open_campaign(device, &made, [id, name, opens]).await;
            device.click("step-thu-phieu").await;
            take_in(device, &made, id).await;
        }
        for (step, there) in [
            ("do-bao-phu", "covered-rate"),
            ("phieu-tra-loi", "responses-counts"),
            ("can-xem-lai", "flagged"),
            ("trung-nguoi", "pairs-lead"),
            ("nguoi-tra-loi", "people-lead"),
            ("phan-tich", "ranking"),
            ("ban-do-nhu-cau", "chart"),
            ("bang-mau", "heat"),
            ("ho-so", "chart"),
            ("so-sanh", "comparison"),
            ("doi-chieu", "beside-with"),
            ("vuong-mac", "obstacles-few"),
            ("ke-hoach", "plan-lead"),
            ("bao-cao", "report-document"),
            ("sao-luu", "back-up"),
        ] {
            device.click(&format!("step-{step}")).await;
            if step == "so-sanh" {
                device.click("by-gender").await;
            }
            device.find(there).await;
            self.picture(&format!("desk-{step}")).await;
        }
    }

    /// The screen in both schemes: as much as is seen at first, and the whole where that is more.
    async fn picture(&mut self, stop: &str) {
        let stop = format!("{:03}-{}", self.stops.len() + 1, stop.replace(['/', '[', ']'], "-"));
        for scheme in SCHEMES {
            let name = file_name(self.size, &stop, self.language, scheme);
            self.emulate(self.size.1, scheme).await;
            self.save(&name).await;
            let whole = self.device.driver.execute(HEIGHT, vec![]).await.expect("a height");
            let whole: u32 = whole.convert().expect("a number");
            if whole > self.size.1 {
                self.emulate(whole, scheme).await;
                self.save(&format!("{name}-whole")).await;
            }
        }
        self.emulate(self.size.1, SCHEMES[0]).await;
        self.stops.push(stop);
    }

    async fn emulate(&self, height: u32, scheme: &str) {
        let cdp = self.device.driver.cdp();
        let send = async |method: &str, parameters: Value| {
            cdp.send_raw(method, parameters).await.expect("another size or scheme");
        };
        let (width, is_phone) = (self.size.0, self.size.0 < 600);
        let size = json!({
            "width": width, "height": height, "deviceScaleFactor": 1, "mobile": is_phone,
        });
        send("Emulation.setDeviceMetricsOverride", size).await;
        let features = json!([
            { "name": "prefers-color-scheme", "value": scheme },
            { "name": "prefers-reduced-motion", "value": "reduce" },
        ]);
        send("Emulation.setEmulatedMedia", json!({ "features": features })).await;
    }

    async fn save(&self, name: &str) {
        // The page is drawn in its new size by the second frame.
        let script = "const done = arguments[arguments.length - 1];
            requestAnimationFrame(() => requestAnimationFrame(() => done()));";
        self.device.driver.execute_async(script, vec![]).await.expect("two frames");
        let path = self.folder.join(format!("{name}.png"));
        self.device.driver.screenshot(&path).await.expect("a picture");
    }
}

const UNFOLD: &str = "document.querySelectorAll('details').forEach((part) => part.open = true)";
/// The height at which nothing needs to be scrolled, neither the page nor its middle.
const HEIGHT: &str = "
    const main = document.querySelector('main');
    const hidden = main === null ? 0 : main.scrollHeight - main.clientHeight;
    return Math.ceil(document.documentElement.scrollHeight + hidden);";
/// Of every question on the page the second choice, if nothing is chosen; two where several are.
const CHOOSE: &str = "
    const inputs = document.querySelectorAll('main .choice input, main .rating input');
    for (const name of new Set([...inputs].map((input) => input.name))) {
      const choices = [...document.getElementsByName(name)];
      if (choices.some((input) => input.checked) || document.querySelector('.ranks')) continue;
      const chosen = choices.slice(0, 2).reverse();
      for (const { id } of choices[0].type === 'radio' ? chosen.slice(0, 1) : chosen) {
        document.getElementById(id).click();
      }
    }";

const CONTACT_SHEET: &str = "<!doctype html><meta charset=\"utf-8\"><title>Phiếu Xã</title>
<style>body { font: 14px sans-serif } div { display: flex; gap: 8px; align-items: start }
img { max-height: 420px; max-width: 24vw; border: 1px solid #888 }</style>
";

fn file_name((width, height): (u32, u32), stop: &str, language: &str, scheme: &str) -> String {
    format!("{width}x{height}_{stop}_{language}_{scheme}")
}

/// A screen in both languages and schemes.
fn row_of_pictures(folder: &Path, size: (u32, u32), stop: &str) -> String {
    let mut row = format!("<h2>{}×{} {stop}</h2><div>\n", size.0, size.1);
    for language in LANGUAGES {
        for scheme in SCHEMES {
            let name = file_name(size, stop, language, scheme);
            let whole = format!("{name}-whole.png");
            let seen = format!("{name}.png");
            let picture = if folder.join(&whole).is_file() { whole } else { seen };
            let _ = writeln!(
                row,
                "<a href=\"{picture}\"><img src=\"{picture}\" alt=\"{name}\" loading=lazy></a>"
            );
        }
    }
    row + "</div>\n"
}
