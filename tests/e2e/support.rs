//! What the journeys stand on: the built product, served or as one file, in a real Chromium
//! without a network.

pub mod leader;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tempfile::TempDir;
use thirtyfour::prelude::*;
use thirtyfour::{ChromeCapabilities, TypingData};

/// How long a person would wait before calling it broken.
const PATIENCE: Duration = Duration::from_secs(20);

/// How the product reaches the browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// The site, from a static host, under a path that is not the root.
    Site,
    /// The one file, from `file://`.
    File,
}

/// What the product is looked at on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Screen {
    /// A leader's phone.
    Phone,
    /// A trainer's laptop.
    Laptop,
}

/// A browser with an empty profile, and the product open in it.
pub struct Device {
    pub driver: WebDriver,
    way: Way,
    screen: Screen,
    site: Option<Site>,
    /// The file that is opened, where it is not the one file of the build.
    kit: Option<PathBuf>,
    folder: TempDir,
    driver_process: DriverProcess,
}

/// The folder with the build.
pub fn dist() -> PathBuf {
    let path = std::env::var_os("PHIEU_XA_DIST");
    let path = path.expect("PHIEU_XA_DIST names the folder with the build (cargo xtask test e2e)");
    PathBuf::from(path).canonicalize().expect("the build is there")
}

/// A file of the repository.
pub fn repository_file(path: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    root.join(path).canonicalize().expect(path).to_string_lossy().into_owned()
}

impl Device {
    /// Starts a browser and opens the product at `hash`.
    pub async fn open(way: Way, screen: Screen, hash: &str) -> Self {
        Self::open_with(way, screen, hash, &[]).await
    }

    /// The same, with a camera that sees this film (`.y4m`), over and over.
    pub async fn open_with_camera(way: Way, screen: Screen, hash: &str, film: &Path) -> Self {
        let film = format!("--use-file-for-fake-video-capture={}", film.display());
        let fake = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream", &film];
        Self::open_with(way, screen, hash, &fake).await
    }

    async fn open_with(way: Way, screen: Screen, hash: &str, arguments: &[&str]) -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        let site = (way == Way::Site).then(Site::serve);
        let (driver, driver_process) = start_browser(way, screen, folder.path(), arguments).await;
        let device = Self { driver, way, screen, site, kit: None, folder, driver_process };
        device.go(hash).await;
        device
    }

    /// Starts a browser and opens a kit from where it lies.
    pub async fn open_kit(kit: &Path, screen: Screen) -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        let (driver, driver_process) = start_browser(Way::File, screen, folder.path(), &[]).await;
        let kit = Some(kit.to_owned());
        let way = Way::File;
        let device = Self { driver, way, screen, site: None, kit, folder, driver_process };
        device.go("").await;
        device
    }

    /// Kills every process of the browser at once, as a phone that runs out of power does; then
    /// starts it again on what is left on the disk and opens the product at `hash`.
    pub async fn kill_and_restart(self, hash: &str) -> Self {
        let Self { driver, way, screen, site, kit, folder, driver_process } = self;
        drop(driver_process);
        // There is nobody left to say goodbye to.
        let _ = driver.leak();
        let (driver, driver_process) = start_browser(way, screen, folder.path(), &[]).await;
        let device = Self { driver, way, screen, site, kit, folder, driver_process };
        device.go(hash).await;
        device
    }

    /// Runs a script before anything else in every page that is opened from now on.
    pub async fn before_each_page(&self, script: &str) {
        let source = serde_json::json!({ "source": script });
        let tools = self.driver.cdp();
        let added = tools.send_raw("Page.addScriptToEvaluateOnNewDocument", source).await;
        added.expect("Chromium takes a script");
    }

    /// Puts a text into a field as pasting does, whatever its characters.
    pub async fn paste(&self, id: &str, text: &str) {
        let field = self.find(id).await.to_json().expect("an element");
        let script =
            "arguments[0].focus(); document.execCommand('insertText', false, arguments[1]);";
        let arguments = vec![field, serde_json::json!(text)];
        self.driver.execute(script, arguments).await.expect("a text can be pasted");
    }

    /// Presses keys, wherever the focus is; if the first is Shift or Control it is held meanwhile.
    pub async fn press(&self, keys: impl Into<TypingData>) {
        let mut keys = keys.into().as_vec();
        let is_held = |key: &char| [Key::Shift.value(), Key::Control.value()].contains(key);
        let held = keys.first().copied().filter(is_held);
        let mut actions = self.driver.action_chain();
        if let Some(held) = held {
            keys.remove(0);
            actions = actions.key_down(held);
        }
        actions = actions.send_keys(String::from_iter(keys));
        if let Some(held) = held {
            actions = actions.key_up(held);
        }
        actions.perform().await.expect("keys are taken");
    }

    /// Opens the product, or opens it again, at `hash`.
    pub async fn go(&self, hash: &str) {
        let file = || self.kit.clone().unwrap_or_else(|| dist().join("phieu-xa.html"));
        let address = match &self.site {
            Some(site) => format!("http://127.0.0.1:{}{}", site.port, Site::PATH),
            None => format!("file://{}", file().display()),
        };
        // A changed hash alone would not load the page anew.
        self.driver.goto("about:blank").await.expect("an empty page");
        self.driver.goto(format!("{address}{hash}")).await.expect("the page opens");
    }

    /// Takes the network away once the site is kept: the host stops answering. From a file there
    /// never was one.
    pub async fn unplug(&self) {
        if let Some(site) = &self.site {
            self.wait_until_kept().await;
            site.is_unplugged.store(1, Ordering::SeqCst);
        }
    }

    /// Waits until the site is kept on the device.
    pub async fn wait_until_kept(&self) {
        self.when("navigator.serviceWorker.ready").await;
    }

    /// Waits for a promise of the page, given as an expression, and gives what it comes to.
    pub async fn when(&self, promise: &str) -> serde_json::Value {
        let script = format!(
            "const done = arguments[0]; \
             Promise.resolve({promise}).then((value) => done(JSON.stringify(value) ?? null), \
             (error) => done(`${{error}}`));"
        );
        let come = self.driver.execute_async(script, Vec::new()).await.expect("a script runs");
        let text = come.json().as_str().unwrap_or("null");
        serde_json::from_str(text).unwrap_or_else(|_| panic!("`{promise}` came to {text}"))
    }

    /// Makes the host serve another folder from now on.
    pub fn publish(&self, folder: &Path) {
        let site = self.site.as_ref().expect("a site is served");
        folder.clone_into(&mut site.root.lock().expect("no request panics"));
    }

    /// How often the host was asked for something.
    pub fn requests(&self) -> usize {
        self.site.as_ref().map_or(0, |site| site.requests.load(Ordering::SeqCst))
    }

    /// What was asked of any network, where the product is a file. Chromium itself asks its maker
    /// and its search engine for this and that, which no switch of it stops: that is not the page's.
    pub fn asked_of_network(&self) -> Vec<String> {
        const BROWSERS: [&str; 3] = [".google.com", ".googleapis.com", ".duckduckgo.com"];
        let asked = self.driver_process.network.asked.lock().expect("nobody panics with it");
        let is_browsers = |request: &&String| BROWSERS.iter().any(|host| request.contains(host));
        asked.iter().filter(|request| !is_browsers(request)).cloned().collect()
    }

    /// The element with this id, once it is there.
    pub async fn find(&self, id: &str) -> WebElement {
        let found = self.driver.query(By::Id(id)).wait(PATIENCE, POLL).first().await;
        found.unwrap_or_else(|error| panic!("no element `{id}`: {error}"))
    }

    /// True when the element is there now.
    pub async fn has(&self, id: &str) -> bool {
        self.driver.find(By::Id(id)).await.is_ok()
    }

    pub async fn click(&self, id: &str) {
        let clicked = self.find(id).await.click().await;
        clicked.unwrap_or_else(|error| panic!("`{id}` cannot be clicked: {error}"));
    }

    pub async fn type_into(&self, id: &str, text: &str) {
        self.find(id).await.send_keys(text).await.expect("keys are taken");
    }

    pub async fn text(&self, id: &str) -> String {
        self.find(id).await.text().await.expect("an element has a text")
    }

    /// Waits until the element's text contains `part`.
    pub async fn wait_for_text(&self, id: &str, part: &str) {
        self.wait_until(id, &format!("“…{part}…”"), |text| text.contains(part)).await;
    }

    /// Waits until the element's text is this, no more and no less.
    pub async fn wait_for_exact_text(&self, id: &str, wanted: &str) {
        self.wait_until(id, &format!("“{wanted}”"), |text| text == wanted).await;
    }

    async fn wait_until(&self, id: &str, wanted: &str, is_there: impl Fn(&str) -> bool) {
        let start = Instant::now();
        loop {
            // The element may be drawn anew between finding and reading it.
            let text = match self.driver.find(By::Id(id)).await {
                Ok(element) => element.text().await.unwrap_or_default(),
                Err(_) => String::new(),
            };
            if is_there(&text) {
                return;
            }
            if start.elapsed() >= PATIENCE {
                let page = self.driver.find(By::Tag("body")).await.expect("a page is open");
                let page = page.text().await.unwrap_or_default();
                panic!("`{id}` says “{text}”, not {wanted}, on the page:\n{page}");
            }
            tokio::time::sleep(POLL).await;
        }
    }

    /// The part of the address behind `#`.
    pub async fn hash(&self) -> String {
        let url = self.driver.current_url().await.expect("a page is open");
        url.fragment().unwrap_or_default().to_owned()
    }

    /// Waits until the address names this page.
    pub async fn wait_for_hash(&self, hash: &str) {
        let start = Instant::now();
        while self.hash().await != hash {
            assert!(start.elapsed() < PATIENCE, "still at {}, not {hash}", self.hash().await);
            tokio::time::sleep(POLL).await;
        }
    }

    /// Chooses files in a file input.
    pub async fn choose(&self, id: &str, paths: &[String]) {
        self.type_into(id, &paths.join("\n")).await;
    }

    /// Clicks and waits for the file that this downloads; gives its name and content.
    pub async fn download(&self, button: &str) -> (PathBuf, Vec<u8>) {
        let before = self.downloads();
        self.click(button).await;
        let start = Instant::now();
        loop {
            let new: Vec<PathBuf> =
                self.downloads().into_iter().filter(|path| !before.contains(path)).collect();
            if let [path] = new.as_slice() {
                return (path.clone(), std::fs::read(path).expect("the download can be read"));
            }
            assert!(start.elapsed() < PATIENCE, "`{button}` downloaded nothing");
            tokio::time::sleep(POLL).await;
        }
    }

    /// The finished downloads; none while one is under way.
    fn downloads(&self) -> Vec<PathBuf> {
        let (finished, all) = (self.finished_downloads(), self.download_folder());
        if finished.len() == all.len() { finished } else { Vec::new() }
    }

    /// The downloads that are complete, whatever became of others. Chromium keeps an empty file with
    /// the final name beside the one it is writing.
    pub fn finished_downloads(&self) -> Vec<PathBuf> {
        let mut paths = self.download_folder();
        paths.retain(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let is_partial = name.ends_with(".crdownload") || name.starts_with('.');
            !is_partial && path.metadata().is_ok_and(|file| file.len() > 0)
        });
        paths
    }

    fn download_folder(&self) -> Vec<PathBuf> {
        let folder = self.folder.path().join("downloads");
        let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
        entries.filter_map(|entry| Some(entry.ok()?.path())).collect()
    }

    /// A folder for files of the test.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Closes the browser.
    pub async fn close(self) {
        let _ = self.driver.clone().quit().await;
    }
}

/// Starts a browser whose profile and downloads are in `folder`.
async fn start_browser(
    way: Way,
    screen: Screen,
    folder: &Path,
    arguments: &[&str],
) -> (WebDriver, DriverProcess) {
    let driver_process = DriverProcess::start();
    let address = format!("http://127.0.0.1:{}", driver_process.port);
    let started =
        WebDriver::new(address, capabilities(way, folder, driver_process.network.port, arguments))
            .await;
    let driver = started.expect("the browser starts");
    let (width, height) = match screen {
        Screen::Phone => (400, 800),
        Screen::Laptop => (1280, 800),
    };
    driver.set_window_rect(0, 0, width, height).await.expect("a window of that size");
    (driver, driver_process)
}

/// The one row of a response file, by heading.
pub struct Row {
    header: Vec<String>,
    cells: Vec<String>,
}

impl Row {
    /// Reads a response file, which has a heading and one row.
    pub fn read(content: &[u8]) -> Self {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(content);
        let mut rows = reader.records().map(|row| row.expect("a whole row"));
        let mut next = || rows.next().expect("a row").iter().map(str::to_owned).collect();
        Self { header: next(), cells: next() }
    }

    /// The cell under this heading.
    pub fn get(&self, heading: &str) -> &str {
        let place = self.header.iter().position(|found| found == heading);
        &self.cells[place.unwrap_or_else(|| panic!("no column {heading}"))]
    }
}

/// ChromeDriver; it ends with its browsers, also when a test fails.
struct DriverProcess {
    process: Child,
    port: u16,
    /// What its browser takes for the network.
    network: DeadEnd,
}

/// A proxy that answers nobody and notes what was asked.
struct DeadEnd {
    port: u16,
    asked: Arc<Mutex<Vec<String>>>,
}

impl DeadEnd {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let port = listener.local_addr().expect("it has an address").port();
        let asked = Arc::<Mutex<Vec<String>>>::default();
        let noted = Arc::clone(&asked);
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let noted = Arc::clone(&noted);
                // Browsers open connections ahead of need, and say nothing on them.
                std::thread::spawn(move || {
                    let request = BufReader::new(stream).lines().next().and_then(Result::ok);
                    noted.lock().expect("nobody panics with it").extend(request);
                });
            }
        });
        Self { port, asked }
    }
}

impl DriverProcess {
    fn start() -> Self {
        let driver = std::env::var("CHROMEDRIVER").unwrap_or_else(|_| "chromedriver".to_owned());
        let mut process = Command::new(driver)
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()
            .expect("ChromeDriver starts");
        let port = port_of(&mut process);
        Self { process, port, network: DeadEnd::start() }
    }
}

impl Drop for DriverProcess {
    fn drop(&mut self) {
        let group = format!("-{}", self.process.id());
        let _ = Command::new("kill").args(["-KILL", "--", &group]).status();
        let _ = self.process.wait();
        // What one browser holds open, the next one cannot have.
        while has_living_process(self.process.id()) {
            std::thread::yield_now();
        }
    }
}

/// True while a process of this group runs. Where the system does not tell, none does.
fn has_living_process(group: u32) -> bool {
    let Ok(entries) = std::fs::read_dir("/proc") else { return false };
    entries.filter_map(Result::ok).any(|entry| {
        let stat = std::fs::read_to_string(entry.path().join("stat")).unwrap_or_default();
        // After the name in brackets: the state, the parent, the group.
        let mut fields = stat.rsplit(") ").next().unwrap_or_default().split(' ');
        let state = fields.next().unwrap_or_default();
        fields.nth(1) == Some(group.to_string().as_str()) && !matches!(state, "Z" | "X")
    })
}

const POLL: Duration = Duration::from_millis(25);

/// The port that ChromeDriver chose and prints.
fn port_of(process: &mut Child) -> u16 {
    let output = process.stdout.take().expect("the output is piped");
    let mut lines = BufReader::new(output).lines();
    let port = lines.by_ref().map_while(Result::ok).find_map(|line| {
        let (_, port) = line.split_once("started successfully on port ")?;
        port.trim_end_matches('.').parse().ok()
    });
    // ChromeDriver stops when nobody takes what it prints.
    std::thread::spawn(move || lines.for_each(drop));
    port.expect("ChromeDriver says its port")
}

fn capabilities(way: Way, folder: &Path, proxy: u16, more: &[&str]) -> ChromeCapabilities {
    let proxy = format!("--proxy-server=127.0.0.1:{proxy}");
    let mut capabilities = DesiredCapabilities::chrome();
    let profile = format!("--user-data-dir={}", folder.join("profile").display());
    let mut arguments = vec![
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--lang=vi",
        &profile,
    ];
    arguments.extend(more);
    if way == Way::File {
        // Whoever asks the network asks there, gets no answer, and is counted.
        arguments.push(&proxy);
        arguments.push("--proxy-bypass-list=<-loopback>");
    }
    for argument in arguments {
        capabilities.add_arg(argument).expect("an argument for the browser");
    }
    if let Ok(browser) = std::env::var("CHROME") {
        capabilities.set_binary(&browser).expect("the browser's path");
    }
    let preferences = serde_json::json!({
        "download.default_directory": folder.join("downloads"),
        "download.prompt_for_download": false,
        "profile.default_content_setting_values.automatic_downloads": 1,
    });
    capabilities.add_experimental_option("prefs", preferences).expect("preferences");
    capabilities
}

/// A static host: it knows files, and nothing of what they are for.
struct Site {
    port: u16,
    requests: Arc<AtomicUsize>,
    is_unplugged: Arc<AtomicUsize>,
    /// The folder that is served.
    root: Arc<Mutex<PathBuf>>,
}

impl Site {
    /// Not the root, so that addresses must be relative.
    const PATH: &'static str = "/khao-sat/2027/";

    fn serve() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let port = listener.local_addr().expect("it has an address").port();
        let (requests, is_unplugged) =
            (Arc::<AtomicUsize>::default(), Arc::<AtomicUsize>::default());
        let (counted, unplugged) = (Arc::clone(&requests), Arc::clone(&is_unplugged));
        let root = Arc::new(Mutex::new(dist()));
        let served = Arc::clone(&root);
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                counted.fetch_add(1, Ordering::SeqCst);
                if unplugged.load(Ordering::SeqCst) == 0 {
                    let served = Arc::clone(&served);
                    std::thread::spawn(move || respond(stream, &served));
                }
            }
        });
        Self { port, requests, is_unplugged, root }
    }
}

fn respond(mut stream: TcpStream, served: &Mutex<PathBuf>) {
    let mut request = [0; 8192];
    let length = stream.read(&mut request).unwrap_or(0);
    let request = String::from_utf8_lossy(&request[..length]).into_owned();
    // Not before the request: browsers open connections ahead of need.
    let root = served.lock().expect("no request panics").clone();
    let path = request.split(' ').nth(1).unwrap_or_default();
    let file =
        path.strip_prefix(Site::PATH).map(|name| if name.is_empty() { "index.html" } else { name });
    let content = file.and_then(|name| std::fs::read(root.join(name)).ok());
    let kind = match file.and_then(|name| name.rsplit('.').next()) {
        Some("html") => "text/html",
        Some("js") => "text/javascript",
        Some("css") => "text/css",
        Some("wasm") => "application/wasm",
        Some("webmanifest") => "application/manifest+json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        _ => "application/octet-stream",
    };
    let (status, body) = match content {
        Some(body) => ("200 OK", body),
        None => ("404 Not Found", Vec::new()),
    };
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&body));
}

/// Runs each journey on the served site and on the one file.
#[macro_export]
macro_rules! both_ways {
    ($($journey:ident),+ $(,)?) => {
        mod site {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $journey() {
                super::$journey($crate::Way::Site).await;
            })+
        }
        mod file {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $journey() {
                super::$journey($crate::Way::File).await;
            })+
        }
    };
}
