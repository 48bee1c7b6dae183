//! The explorer in a real browser: Chromium, driven by chromedriver over WebDriver
//! (https://www.w3.org/TR/webdriver2/). Run it with `cargo test --test browser -- --ignored`; where
//! `DEMARCHE_PICTURES` names a folder, a picture of every view is left there.
#![cfg(feature = "serve")]

mod fixture;

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use demarche::graph::folder;
use demarche::rdf::DEFAULT_BASE;
use serde_json::{Value, json};
use tempfile::TempDir;

/// A process that ends with what holds it.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The first line of a process's standard output that holds `words`.
fn line(child: &mut Child, words: &str) -> String {
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let found = lines.find_map(|line| line.ok().filter(|line| line.contains(words))).unwrap();
    // What else it says is read, so that it does not wait for somebody to listen.
    thread::spawn(move || lines.for_each(drop));
    found
}

fn number_after(line: &str, words: &str) -> u16 {
    let rest = &line[line.find(words).unwrap() + words.len()..];
    rest.chars().take_while(char::is_ascii_digit).collect::<String>().parse().unwrap()
}

/// A window of the browser.
struct Browser {
    session: String,
    agent: ureq::Agent,
    _driver: Running,
    _profile: TempDir,
}

impl Browser {
    fn start() -> Self {
        let mut driver = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver is on the path");
        let port = number_after(&line(&mut driver, "successfully on port "), "on port ");
        let driver = Running(driver);
        let profile = tempfile::tempdir().unwrap();
        let data = format!("--user-data-dir={}", profile.path().display());
        let arguments = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--no-first-run",
            "--disable-dev-shm-usage",
            "--window-size=1400,1000",
            &data,
        ];
        let wanted = json!({ "capabilities": { "alwaysMatch": {
            "goog:chromeOptions": { "args": arguments },
            "goog:loggingPrefs": { "browser": "ALL" },
        } } });
        let agent: ureq::Agent = ureq::Agent::config_builder()
            .timeout_global(Some(Duration::from_secs(60)))
            .http_status_as_error(false)
            .proxy(None)
            .build()
            .into();
        let root = format!("http://localhost:{port}/session");
        let mut browser = Self { session: root.clone(), agent, _driver: driver, _profile: profile };
        let made = browser.ask("", &wanted);
        browser.session = format!("{root}/{}", made["sessionId"].as_str().unwrap());
        browser
    }

    fn ask(&self, command: &str, parameters: &Value) -> Value {
        let url = format!("{}{command}", self.session);
        let mut reply = self
            .agent
            .post(&url)
            .header("Content-Type", "application/json")
            .send(parameters.to_string())
            .unwrap();
        let body = reply.body_mut().read_to_string().unwrap();
        let value: Value = serde_json::from_str(&body).unwrap();
        assert!(reply.status().is_success(), "{command}: {value}");
        value["value"].clone()
    }

    fn open(&self, url: &str) {
        self.ask("/url", &json!({ "url": url }));
    }

    fn script(&self, script: &str) -> Value {
        self.ask("/execute/sync", &json!({ "script": script, "args": [] }))
    }

    /// Waits until the expression is true, and gives it.
    #[track_caller]
    fn wait(&self, expression: &str) -> Value {
        let began = Instant::now();
        loop {
            let value = self.script(&format!("return {expression}"));
            if !matches!(value, Value::Null | Value::Bool(false)) && value != json!("") {
                return value;
            }
            if began.elapsed() > Duration::from_secs(20) {
                let text = self.script("return document.getElementById('page').innerText");
                panic!("never: {expression}\n{}", text.as_str().unwrap_or_default());
            }
            thread::sleep(Duration::from_millis(50));
        }
    }

    #[track_caller]
    fn click(&self, selector: &str) {
        self.wait(&format!("!!document.querySelector({selector:?})"));
        self.script(&format!(
            "const it = document.querySelector({selector:?}); \
             it.click ? it.click() : it.dispatchEvent(new MouseEvent('click', {{ bubbles: true }}))"
        ));
    }

    fn press(&self, keys: &str) {
        let actions: Vec<Value> = keys
            .chars()
            .flat_map(|key| {
                ["keyDown", "keyUp"].map(|kind| json!({ "type": kind, "value": key.to_string() }))
            })
            .collect();
        let keyboard = json!({ "type": "key", "id": "keyboard", "actions": actions });
        self.ask("/actions", &json!({ "actions": [keyboard] }));
    }

    fn width(&self, width: u32) {
        // The window itself can be no narrower than 500 pixels.
        let screen = json!({ "width": width, "height": 1000, "deviceScaleFactor": 1, "mobile": width < 600 });
        let command = json!({ "cmd": "Emulation.setDeviceMetricsOverride", "params": screen });
        self.ask("/goog/cdp/execute", &command);
    }

    fn dark(&self, is_dark: bool) {
        let value = if is_dark { "dark" } else { "light" };
        let features = json!({ "features": [{ "name": "prefers-color-scheme", "value": value }] });
        let command = json!({ "cmd": "Emulation.setEmulatedMedia", "params": features });
        self.ask("/goog/cdp/execute", &command);
    }

    /// Leaves a picture, if somebody wants one.
    fn picture(&self, name: &str) {
        let Some(folder) = std::env::var_os("DEMARCHE_PICTURES") else { return };
        let params = json!({ "cmd": "Page.captureScreenshot", "params": { "format": "png" } });
        let data = self.ask("/goog/cdp/execute", &params);
        let bytes = base64(data["data"].as_str().unwrap());
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(Path::new(&folder).join(format!("{name}.png")), bytes).unwrap();
    }

    /// Nothing went wrong in the page so far.
    #[track_caller]
    fn is_clean(&self) {
        let log = self.ask("/se/log", &json!({ "type": "browser" }));
        let severe: Vec<&Value> = log
            .as_array()
            .unwrap()
            .iter()
            .filter(|it| it["level"] == "SEVERE" || it["level"] == "WARNING")
            .collect();
        assert!(severe.is_empty(), "{severe:#?}");
    }
}

fn base64(text: &str) -> Vec<u8> {
    const SIGNS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let (mut bytes, mut held, mut bits) = (Vec::new(), 0u32, 0);
    for sign in text.bytes().filter_map(|sign| SIGNS.iter().position(|it| *it == sign)) {
        held = (held << 6) | u32::try_from(sign).unwrap();
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push((held >> bits) as u8);
            held &= (1 << bits) - 1;
        }
    }
    bytes
}

/// The explorer on a graph: the one that `DEMARCHE_GRAPH` names, else the fixture.
struct Explorer {
    browser: Browser,
    base: String,
    graph: PathBuf,
    decisions: PathBuf,
    _server: Running,
    _folder: TempDir,
}

fn explorer() -> Explorer {
    let made = tempfile::tempdir().unwrap();
    let (folder, decisions) = (made.path().join("graph"), made.path().join("mine.yaml"));
    folder::save(&fixture::corpus(), DEFAULT_BASE, &folder).unwrap();
    let graph = std::env::var_os("DEMARCHE_GRAPH").map_or(folder, Into::into);
    let mut server = Command::new(env!("CARGO_BIN_EXE_demarche"))
        .args(["serve", "--port", "0", "--graph"])
        .arg(&graph)
        .arg("--decisions")
        .arg(&decisions)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let port = number_after(&line(&mut server, "http://"), "http://127.0.0.1:");
    let base = format!("http://127.0.0.1:{port}/");
    let server = Running(server);
    Explorer { browser: Browser::start(), base, graph, decisions, _server: server, _folder: made }
}

const VIEWS: [&str; 12] = [
    "", "reader", "claims", "actors", "matters", "disputes", "stances", "graph", "timeline", "ask",
    "sparql", "review",
];

#[test]
#[ignore = "needs Chromium and chromedriver"]
fn every_view_opens_wide_and_narrow_in_light_and_dark() {
    let Explorer { browser, base, .. } = &explorer();
    let first = |list: &str| format!("(await (await fetch('api/{list}')).json()).{list}[0].id");
    browser.open(base);
    browser.wait("!!document.querySelector('h1')");
    let id = |list: &str| {
        let script = format!("return (async () => {})()", first(list));
        browser.script(&script).as_str().map(str::to_owned)
    };
    let mut views: Vec<String> = VIEWS.iter().map(|view| (*view).to_owned()).collect();
    for (list, view) in [
        ("documents", "reader"),
        ("actors", "actor"),
        ("matters", "matter"),
        ("disputes", "dispute"),
    ] {
        views.extend(id(list).map(|id| format!("{view}/{id}")));
    }
    for (width, is_dark) in [(1400, false), (400, false), (1400, true)] {
        browser.width(width);
        browser.dark(is_dark);
        for view in &views {
            browser.open("about:blank");
            browser.open(&format!("{base}#/{view}"));
            browser.wait("!!document.querySelector('#page h1') && !/Loading/.test(document.getElementById('page').innerText)");
            thread::sleep(Duration::from_millis(if view == "graph" { 1500 } else { 200 }));
            let over = browser.script("return document.documentElement.scrollWidth - innerWidth");
            assert!(over.as_i64().unwrap() <= 0, "{view} is {over} pixels too wide at {width}");
            let name = if view.is_empty() { "overview" } else { view };
            let shade = if is_dark { "-dark" } else { "" };
            browser.picture(&format!("{}-{width}{shade}", name.replace('/', "-")));
        }
    }
    browser.is_clean();
}

#[test]
#[ignore = "needs Chromium and chromedriver"]
fn a_claim_is_followed_to_its_sentence_and_back() {
    let Explorer { browser, base, .. } = &explorer();
    browser.open(&format!("{base}#/claims"));
    let quote = browser.wait("document.querySelector('.claim blockquote .core')?.innerText");
    browser.click(".claim .provenance a[href*='reader']");
    browser.wait("!!document.querySelector('.text mark.open')");
    let marked = browser.script(
        "return [...document.querySelectorAll('.text mark.open')].map(it => it.textContent).join('').replace(/\\s+/g, ' ')",
    );
    assert!(
        marked.as_str().unwrap().contains(quote.as_str().unwrap()) || quote == marked,
        "{marked} {quote}"
    );
    let is_seen = "(() => { const box = document.querySelector('.text mark.open').getBoundingClientRect(); \
                   return box.top >= 0 && box.bottom <= innerHeight })()";
    browser.wait(is_seen);
    browser.ask("/back", &json!({}));
    browser.wait("location.hash.startsWith('#/claims')");
    browser.is_clean();
}

#[test]
#[ignore = "needs Chromium and chromedriver"]
fn the_reader_is_walked_with_keys() {
    let Explorer { browser, base, .. } = &explorer();
    browser.open(&format!("{base}#/reader"));
    browser.click("#page .rows a");
    browser.wait("!!document.querySelector('.text mark')");
    browser.press("j");
    let first = browser.wait("document.querySelector('.panel code')?.innerText");
    browser.press("j");
    browser.wait(&format!("document.querySelector('.panel code').innerText !== {first}"));
    browser.press("k");
    browser.wait(&format!("document.querySelector('.panel code').innerText === {first}"));
    assert!(browser.script("return location.hash").as_str().unwrap().contains("claim="));
    // An address leads to its claim again.
    let address = browser.script("return location.href");
    browser.open("about:blank");
    browser.open(address.as_str().unwrap());
    browser.wait(&format!("document.querySelector('.panel code')?.innerText === {first}"));
    browser.is_clean();
}

#[test]
#[ignore = "needs Chromium and chromedriver"]
fn a_dispute_a_stance_and_an_edge_lead_to_their_words() {
    let Explorer { browser, base, .. } = &explorer();
    browser.open(&format!("{base}#/disputes"));
    browser.click("#page .rows a");
    browser.wait("document.querySelectorAll('.side .claim blockquote').length >= 2");
    browser.open(&format!("{base}#/stances"));
    browser.click(".matrix .cell button");
    browser.wait("!!document.querySelector('.opened .claim blockquote')");
    browser.open(&format!("{base}#/graph"));
    browser.wait("document.querySelectorAll('.drawing canvas').length > 0");
    browser.click("#page details .rows button");
    browser.wait("!!document.querySelector('.panel .claim blockquote')");
    browser.open(&format!("{base}#/timeline"));
    browser.click(".bars rect");
    browser.click(".day details summary");
    browser.wait("!!document.querySelector('.day .claim blockquote')");
    browser.is_clean();
}

#[test]
#[ignore = "needs Chromium and chromedriver"]
fn a_question_and_a_query_are_answered() {
    let Explorer { browser, base, .. } = &explorer();
    browser.open(&format!("{base}#/ask?q=Who+proposed+the+energy+truce%3F"));
    browser.wait("!!document.querySelector('.answer h2 a') && !!document.querySelector('.answer blockquote')");
    browser.open(&format!("{base}#/sparql"));
    browser.click("#page button.main");
    browser.wait("document.querySelectorAll('.rows-table tbody tr').length > 0");
    browser.script("document.querySelector('.editor').value = 'INSERT DATA { <x:a> <x:b> 1 }'");
    browser.click("#page button.main");
    browser.wait("/read-only/.test(document.querySelector('.problem')?.innerText)");
    // The refusal is told by the browser, too.
    browser.ask("/se/log", &json!({ "type": "browser" }));
}

#[test]
#[ignore = "needs Chromium and chromedriver"]
fn a_claim_is_rejected_and_taken_back() {
    let Explorer { browser, base, decisions, .. } = &explorer();
    browser.open(&format!("{base}#/review"));
    let claim = browser.wait("document.querySelector('.claim')?.dataset.claim");
    browser.click(".claim .verdict .reject");
    browser.wait("!!document.querySelector('.claim .verdict.reject')");
    let content = std::fs::read_to_string(decisions).unwrap();
    assert!(content.contains(&format!("- reject: {claim}")), "{content}");
    // It is the same wherever the claim is shown.
    browser.open("about:blank");
    browser.open(&format!("{base}#/claim/{}", claim.as_str().unwrap()));
    browser.wait(
        "document.querySelector('.verdict .reject')?.getAttribute('aria-pressed') === 'true'",
    );
    browser.click(".verdict .reject");
    browser.wait("!document.querySelector('.verdict.reject')");
    assert_eq!(std::fs::read_to_string(decisions).unwrap(), "");
    browser.is_clean();
}

#[test]
#[ignore = "needs Chromium and chromedriver"]
fn what_is_not_there_is_told() {
    let Explorer { browser, base, .. } = &explorer();
    for (view, words) in
        [("actor/nobody", "no actor"), ("nothing", "no such view"), ("reader/none", "no document")]
    {
        browser.open("about:blank");
        browser.open(&format!("{base}#/{view}"));
        browser.wait(&format!("document.getElementById('page').innerText.includes({words:?})"));
    }
    browser.open(&format!("{base}#/actors"));
    browser.wait("!!document.querySelector('#page .rows a')");
}

#[test]
#[ignore = "needs Chromium and chromedriver"]
fn the_report_opens_from_disk_with_the_same_views() {
    let Explorer { browser, graph, .. } = &explorer();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("report.html");
    let done = Command::new(env!("CARGO_BIN_EXE_demarche"))
        .args(["report", "--quiet", "-o"])
        .arg(&path)
        .arg("--graph")
        .arg(graph)
        .status()
        .unwrap();
    assert!(done.success());
    let base = format!("file://{}", path.display());
    for view in VIEWS.iter().filter(|view| !["ask", "sparql", "review"].contains(*view)) {
        browser.open("about:blank");
        browser.open(&format!("{base}#/{view}"));
        browser.wait("!!document.querySelector('#page h1') && !/Loading/.test(document.getElementById('page').innerText)");
    }
    browser.open(&format!("{base}#/claims"));
    browser.click(".claim .provenance a[href*='reader']");
    browser.wait("!!document.querySelector('.text mark.open')");
    browser.open(&format!("{base}#/actors"));
    browser.click("#page .rows a");
    browser.wait("!!document.querySelector('.claim blockquote')");
    browser.is_clean();
}
