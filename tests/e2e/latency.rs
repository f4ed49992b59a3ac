//! How long a person waits, on a processor slowed down four times: from a tap on a rating to the
//! next paint, beside the same screen as plain HTML; and from opening the one file to its first
//! screen. `cargo xtask latency` prints it as tables; nothing is asserted.

use std::fmt::Write as _;
use std::fs;
use std::time::Duration;

use e2e::{Device, Screen, Way};
use serde_json::{Value, json};

const TAPS: usize = 150;
const OPENINGS: usize = 5;
/// How many times slower the processor seems.
const THROTTLE: f64 = 4.0;
/// The rated competencies of the large form; each is two questions.
const COMPETENCIES: usize = 250;

#[tokio::main]
async fn main() {
    let opening = openings().await;
    println!("From opening the file to the first screen, ms, median of {OPENINGS}");
    println!("{:.0}  (of {opening:.0?})\n", percentile(&opening, 50));

    let built_in = open_built_in_form().await;
    let large = open_large_form().await;
    println!("From a tap on a rating to the next paint, ms, {TAPS} taps");
    println!("{:26}{:^18}{:^27}", "", "its task", "next paint");
    println!("{:26}{:>9}{:>9}{:>9}{:>9}{:>9}", "", "p50", "p95", "p50", "p95", "max");
    for (name, product) in [("built-in form", built_in), ("500 questions", large)] {
        let by_hand = open_by_hand(&product).await;
        let (ours, theirs) = measure(&product, &by_hand).await;
        println!("{:26}{}", name, ours.row());
        println!("{:26}{}", "  the same as plain HTML", theirs.row());
        println!("{:26}{:45.2}\n", "  ratio of p95", ours.paint(95) / theirs.paint(95));
        product.close().await;
        by_hand.close().await;
    }
}

/// What was measured of a page's taps, each from the event's own time.
struct Taps {
    /// To the end of the event's task.
    task: Vec<f64>,
    /// To the next paint.
    paint: Vec<f64>,
}

impl Taps {
    fn paint(&self, percent: usize) -> f64 {
        percentile(&self.paint, percent)
    }

    fn row(&self) -> String {
        let task = [50, 95].map(|percent| percentile(&self.task, percent));
        let paint = [50, 95, 100].map(|percent| percentile(&self.paint, percent));
        task.iter().chain(&paint).fold(String::new(), |mut row, time| {
            let _ = write!(row, "{time:9.1}");
            row
        })
    }
}

/// The smallest number that is not below so many percent of all.
fn percentile(numbers: &[f64], percent: usize) -> f64 {
    let mut sorted = numbers.to_vec();
    sorted.sort_by(f64::total_cmp);
    let rank = (sorted.len() * percent).div_ceil(100);
    sorted.get(rank.saturating_sub(1)).copied().unwrap_or(f64::NAN)
}

async fn openings() -> Vec<f64> {
    let device = Device::open(Way::File, Screen::Phone, "").await;
    let mut times = Vec::new();
    for _ in 0..OPENINGS {
        throttle(&device).await;
        device.go("").await;
        device.find("door-answer").await;
        // Before the first screen there is nothing to paint.
        let script = "
            const done = arguments[arguments.length - 1];
            new PerformanceObserver((list) => {
              const paint = list.getEntriesByName('first-contentful-paint')[0];
              if (paint) done(paint.startTime);
            }).observe({ type: 'paint', buffered: true });";
        let time = device.driver.execute_async(script, vec![]).await.expect("the first paint");
        times.push(time.convert().expect("a time"));
    }
    device.close().await;
    times
}

/// The built-in form, everything answered, at a rating in its middle.
async fn open_built_in_form() -> Device {
    let device = Device::open(Way::File, Screen::Phone, "#/phieu").await;
    device.click("start").await;
    device.click("q-dong_y").await;
    device.click("next").await;
    device.find("q-ho_ten").await;
    fill_and_go_to_a_rating(&device).await;
    device
}

/// A form of 500 ratings, likewise, in its kit.
async fn open_large_form() -> Device {
    let desk = Device::open(Way::File, Screen::Phone, "#/ban/phieu-hoi").await;
    desk.find("form-files").await;
    let paths = large_form().map(|(name, content)| {
        let path = desk.folder().join(name);
        fs::write(&path, content).expect("a sheet is written");
        path.to_string_lossy().into_owned()
    });
    desk.choose("form-files", &paths).await;
    desk.wait_for_exact_text("form-title", "500 câu").await;
    desk.click("step-bo-phieu").await;
    let (kit, _) = desk.download("make-kit").await;
    let device = Device::open_kit(&kit, Screen::Phone).await;
    device.click("start").await;
    desk.close().await;
    device.find("next").await;
    fill_and_go_to_a_rating(&device).await;
    device
}

fn large_form() -> [(&'static str, String); 4] {
    let mut survey = "type,name,label,required,appearance,tna::competency,tna::scale\n".to_owned();
    let mut competencies = "name,label\n".to_owned();
    for number in 1..=COMPETENCIES {
        let _ = writeln!(competencies, "{number},Năng lực {number}");
        let _ = write!(
            survey,
            "begin group,c_{number},Năng lực {number},,field-list,,\n\
             select_one muc,imp_{number},Quan trọng với công việc của tôi,yes,,{number},importance\n\
             select_one muc,abl_{number},Hiện nay tôi làm được,yes,,{number},ability\n\
             end group,,,,,,\n"
        );
    }
    let levels = ["Chưa làm được", "Làm khi có hướng dẫn", "Tự làm được", "Làm tốt", "Thành thạo"];
    let mut choices = "list_name,name,label\n".to_owned();
    for (place, level) in levels.iter().enumerate() {
        let _ = writeln!(choices, "muc,{},{level}", place + 1);
    }
    let settings = "form_title,form_id,version,default_language\n500 câu,nam-tram,1,vi\n";
    [
        ("survey.csv", survey),
        ("choices.csv", choices),
        ("settings.csv", settings.to_owned()),
        ("competencies.csv", competencies),
    ]
}

async fn fill_and_go_to_a_rating(device: &Device) {
    let patience = Duration::from_secs(120);
    device.driver.set_script_timeout(patience).await.expect("time to fill the form");
    assert_eq!(run(device, include_str!("latency/fill.js")).await, "filled");
    device.find("hand-in").await;
    let script = "
        const ratings = document.querySelectorAll('[id^=review-imp_]');
        const middle = ratings[Math.floor(ratings.length / 2)].id.replace('review-', '');
        location.hash = location.hash.replace('xem-lai', `cau/${middle}`);
        return `q-${middle}-1`;";
    let rating = device.driver.execute(script, vec![]).await.expect("a rating is chosen");
    device.find(&rating.convert::<String>().expect("an id")).await;
}

/// The screen that the product shows, written by hand in another browser.
async fn open_by_hand(product: &Device) -> Device {
    let copy = run(product, include_str!("latency/copy.js")).await;
    let copy = copy.as_str().expect("a page").to_owned();
    let script = include_str!("latency/by_hand.js");
    let page = product.folder().join("by-hand.html");
    fs::write(&page, format!("{copy}<script>{script}</script>")).expect("the page is written");
    let device = Device::open(Way::File, Screen::Phone, "").await;
    device.driver.goto(format!("file://{}", page.display())).await.expect("the page opens");
    device
}

/// Taps on both pages in turn, so that whatever else the machine does strikes both.
async fn measure(product: &Device, by_hand: &Device) -> (Taps, Taps) {
    for device in [product, by_hand] {
        throttle(device).await;
        let script = include_str!("latency/taps.js");
        device.driver.execute(script, vec![]).await.expect("taps are measured");
    }
    for tap in 0..TAPS {
        for device in [product, by_hand] {
            tap_on_a_level(device, tap).await;
        }
    }
    (taps(product).await, taps(by_hand).await)
}

/// A finger on one of the ten levels, each time another one, until all that follows is done.
async fn tap_on_a_level(device: &Device, tap: usize) {
    let script = "
        const levels = document.querySelectorAll('.rating .level');
        const level = levels[(arguments[0] * 3) % levels.length];
        level.scrollIntoView({ block: 'nearest' });
        const { left, top, width, height } = level.getBoundingClientRect();
        return [left + width / 2, top + height / 2];";
    let place = device.driver.execute(script, vec![json!(tap)]).await.expect("a level is found");
    let (x, y): (f64, f64) = place.convert().expect("a place on the screen");
    let cdp = device.driver.cdp();
    for (kind, points) in [("touchStart", json!([{ "x": x, "y": y }])), ("touchEnd", json!([]))] {
        let event = json!({ "type": kind, "touchPoints": points });
        cdp.send_raw("Input.dispatchTouchEvent", event).await.expect("a finger on the screen");
    }
    let script = "
        const done = arguments[arguments.length - 1];
        const count = arguments[0];
        const look = () => {
          const isSaving = document.getElementById('saved').textContent === 'Đang lưu…';
          if (taps.length > count && !isSaving) done();
          else requestAnimationFrame(look);
        };
        look();";
    device.driver.execute_async(script, vec![json!(tap)]).await.expect("the tap is measured");
}

async fn taps(device: &Device) -> Taps {
    let taps = device.driver.execute("return taps", vec![]).await.expect("the times are read");
    let taps: Vec<[f64; 2]> = taps.convert().expect("two times for each tap");
    let column = |place: usize| taps.iter().map(|times| times[place]).collect();
    Taps { task: column(0), paint: column(1) }
}

async fn run(device: &Device, script: &str) -> Value {
    let result = device.driver.execute_async(script, vec![]).await;
    result.expect("a script of this program runs").json().clone()
}

/// Slows the processor down for the page that is open.
async fn throttle(device: &Device) {
    let rate = json!({ "rate": THROTTLE });
    let throttled = device.driver.cdp().send_raw("Emulation.setCPUThrottlingRate", rate).await;
    throttled.expect("the processor is slowed down");
}
