//! `cargo xtask bench`: the built page beside what people would use instead, in one Chromium, on the
//! same generated responses.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::thread;

use anyhow::{Context as _, Result};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::build;
use crate::failure::{Failure, Remedy as _};
use crate::process;
use crate::setup::{Tools, node_modules};

/// Where what was measured is written.
const PAGE: &str = "docs/benchmarks.md";
const FOLDER: &str = "tests/benches/browser";
/// What is measured where nothing else is asked for.
const ROWS: [&str; 3] = ["1000", "10000", "100000"];
const ROUNDS: &str = "5";
const OURS: &str = "Phiếu Xã";

#[derive(Deserialize)]
struct Measured {
    /// Of the browser.
    version: String,
    /// By the number of rows, turn by turn, by what was measured.
    found: BTreeMap<String, Vec<BTreeMap<String, One>>>,
}

/// One way over one file.
#[derive(Deserialize)]
struct One {
    /// From the file to all tables, in milliseconds.
    ms: f64,
    /// The most memory beyond that of the idle page, in MB.
    peak: f64,
    /// The longest task of the page, in milliseconds; 0 where none took over 50.
    longest: f64,
    /// How many numbers are the same as ours.
    #[serde(default)]
    same: Option<u64>,
    /// Of the product: until everything was read, merged and stored; then each table.
    #[serde(default)]
    taken: Option<f64>,
    #[serde(default)]
    overall: Option<f64>,
    #[serde(default)]
    post: Option<f64>,
    #[serde(default)]
    unit: Option<f64>,
}

#[derive(Deserialize)]
struct Forms {
    /// Turn by turn, by the page.
    forms: Vec<BTreeMap<String, FormPage>>,
}

/// A page with a form, on a slow device and network.
#[derive(Deserialize)]
struct FormPage {
    /// That came over the network until the first question could be answered, packed.
    bytes: f64,
    /// From opening it until then, in milliseconds.
    interactive: f64,
    /// From a tap on an answer to the next paint, in milliseconds.
    p50: f64,
    p95: f64,
}

/// Measures, and writes the page of benchmarks.
pub fn run(tools: &Tools, options: &[&str]) -> Result<()> {
    let (mut rows, mut rounds) = (ROWS.to_vec(), ROUNDS);
    for option in options.chunks(2) {
        match option {
            ["--rows", wanted] => rows = wanted.split(',').collect(),
            ["--rounds", wanted] => rounds = wanted,
            unknown => {
                return Err(Failure::error(
                    format!("bench does not know `{}`", unknown.join(" ")),
                    "cargo xtask bench [--rows 1000,100000] [--rounds 5]",
                ));
            }
        }
    }
    let measured = measure(tools, &rows, rounds)?;
    let forms = measure_forms(tools, rounds, None)?;
    let path = tools.project.root().join(PAGE);
    let mut text = page(&measured, &machine()?)?;
    form_pages(&mut text, &forms)?;
    fs::write(&path, &text).with_context(|| format!("cannot write {}", path.display()))?;
    print!("{text}");
    Ok(())
}

/// One round over a few rows: that every way runs, and that all find the same.
pub fn briefly(tools: &Tools) -> Result<()> {
    let measured = measure(tools, &["1000"], "1")?;
    let turn = measured.found.values().flatten().next();
    let compared = turn.into_iter().flatten().filter_map(|(_, one)| one.same);
    let compared: Vec<u64> = compared.collect();
    if compared.is_empty() || compared.contains(&0) {
        return Err(Failure::error(
            "the benchmark compared nothing",
            format!("see {FOLDER}/measure.mjs"),
        ));
    }
    println!("{} others find the same numbers: {compared:?} of them", compared.len());
    let forms = measure_forms(tools, "1", Some("quick"))?;
    println!("{} form pages take an answer", forms.forms.iter().flatten().count());
    Ok(())
}

/// Node with one of the scripts, and first of its arguments the site, the packages and the browser.
fn script(tools: &Tools, name: &str) -> Result<Command> {
    let dist = tools.project.dist();
    if !dist.join(build::SINGLE_FILE).is_file() {
        return Err(Failure::error("there is no built page to measure", "cargo xtask build"));
    }
    let source = tools.project.root().join(FOLDER);
    let modules = node_modules::set_up(&source.join("package.json"))?;
    let mut node = process::command("node");
    node.arg(source.join(name)).arg(dist).arg(modules).arg(tools.browser()?.chrome());
    Ok(node)
}

/// What a script says in the last line that it prints.
fn said<T: DeserializeOwned>(node: &mut Command) -> Result<T> {
    let said = process::read(node);
    let said = said.remedy("the benchmark could not be run", "read the message above")?;
    let line = said.lines().last().unwrap_or_default();
    serde_json::from_str(line).context("the benchmark did not say what it measured")
}

fn measure_forms(tools: &Tools, rounds: &str, pace: Option<&str>) -> Result<Forms> {
    let campaign = tools.project.root().join(build::CAMPAIGN);
    said(script(tools, "forms.mjs")?.arg(campaign).arg(rounds).args(pace))
}

fn measure(tools: &Tools, rows: &[&str], rounds: &str) -> Result<Measured> {
    let project = tools.project;
    let mut node = script(tools, "measure.mjs")?;
    let folder = project.scratch().join("benchmarks");
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    for count in rows {
        let file = folder.join(format!("{count}.csv"));
        let example = ["run", "--quiet", "--profile", "bench", "--example", "bench_responses"];
        process::run(tools.cargo().args(example).arg(file).arg(count))?;
    }
    said(node.arg(folder).arg(rounds).args(rows))
}

/// The machine, by what matters and by nothing that names it.
fn machine() -> Result<String> {
    let cores = thread::available_parallelism()?;
    let memory = fs::read_to_string(Path::new("/proc/meminfo")).unwrap_or_default();
    let kilobytes = memory.lines().find_map(|line| {
        line.strip_prefix("MemTotal:")?.trim().strip_suffix("kB")?.trim().parse::<f64>().ok()
    });
    let memory = kilobytes.map_or_else(String::new, |kilobytes| {
        format!(", {:.0} GB of memory", kilobytes / 1024.0 / 1024.0)
    });
    Ok(format!("{cores} cores{memory}"))
}

fn page(measured: &Measured, machine: &str) -> Result<String> {
    let mut page = format!(
        "# Benchmarks\n\n\
         Written by `cargo xtask bench`, which generates the responses, builds nothing and needs \
         nothing but Node. Measured on {machine}, in one headless Chromium {}, in turns.\n\n\
         The work: from the file to the tables of everybody together, by post and by unit, with \
         the number of pairs and the means of each competency. A row has 30 competencies rated \
         twice, who and where somebody is, and now and then a sentence. What people would use \
         instead does that and nothing else. The product does it through its own screens, on the \
         served site: it also checks every answer against the form, finds who is there already, \
         sees which rows were changed by hand, stores everything, hides small groups and works \
         out intervals. Every number of ours that is shown is found by each of the others to \
         1e-9.\n",
        measured.version,
    );
    let mut sizes: Vec<(&String, &Vec<BTreeMap<String, One>>)> = measured.found.iter().collect();
    sizes.sort_by_key(|(rows, _)| rows.parse::<u64>().unwrap_or_default());
    for (rows, turns) in sizes {
        table(&mut page, rows, turns)?;
    }
    Ok(page)
}

fn form_pages(page: &mut String, Forms { forms }: &Forms) -> Result<()> {
    writeln!(
        page,
        "\n## Form pages, medians of {}\n\n\
         About eighty questions, from a host that packs with gzip, on a processor made 4 times \
         slower and a network as slow as \"Fast 3G\" of the developer tools. Ours is opened by a \
         campaign's link and asks for consent before the first question; that is counted. Enketo is \
         without its style sheets.\n",
        forms.len()
    )?;
    writeln!(page, "| | KB | first answer, ms | tap to paint p50, ms | p95, ms |")?;
    writeln!(page, "|---|--:|--:|--:|--:|")?;
    let of = |name: &str, what: &dyn Fn(&FormPage) -> f64| {
        let values = forms.iter().filter_map(|turn| Some(what(turn.get(name)?)));
        median(values.collect()).unwrap_or(f64::NAN)
    };
    let mut names: Vec<&String> = forms.iter().flat_map(BTreeMap::keys).collect();
    names.sort();
    names.dedup();
    for name in names {
        let kilobytes = of(name, &|form| form.bytes) / 1000.0;
        let interactive = of(name, &|form| form.interactive);
        let (p50, p95) = (of(name, &|form| form.p50), of(name, &|form| form.p95));
        writeln!(page, "| {name} | {kilobytes:.0} | {interactive:.0} | {p50:.0} | {p95:.0} |")?;
    }
    Ok(())
}

fn table(page: &mut String, rows: &str, turns: &[BTreeMap<String, One>]) -> Result<()> {
    writeln!(page, "\n## {rows} rows, medians of {}\n", turns.len())?;
    writeln!(page, "| | ms | ours, as a share of it | memory, MB | longest task, ms |")?;
    writeln!(page, "|---|--:|--:|--:|--:|")?;
    let of = |way: &str, what: &dyn Fn(&One) -> Option<f64>| {
        median(turns.iter().filter_map(|turn| what(turn.get(way)?)).collect())
    };
    let ours = of(OURS, &|one| Some(one.ms)).unwrap_or(f64::NAN);
    let mut ways: Vec<(&str, f64)> = turns
        .iter()
        .flat_map(BTreeMap::keys)
        .map(|way| (way.as_str(), of(way, &|one| Some(one.ms)).unwrap_or(f64::NAN)))
        .collect();
    ways.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(b.0)));
    ways.dedup();
    for (way, ms) in ways {
        let share = if way == OURS { String::new() } else { format!("{:.2}", ours / ms) };
        let peak = of(way, &|one| Some(one.peak)).unwrap_or(f64::NAN);
        let longest = of(way, &|one| Some(one.longest)).unwrap_or(f64::NAN);
        writeln!(page, "| {way} | {ms:.0} | {share} | {peak:.0} | {longest:.0} |")?;
    }
    let part = |what: &dyn Fn(&One) -> Option<f64>| of(OURS, what).unwrap_or(f64::NAN);
    writeln!(
        page,
        "\nOurs: {:.0} ms until everything is read, checked, merged and stored, {:.0} for the \
         table of everybody, {:.0} by post, {:.0} by unit.",
        part(&|one| one.taken),
        part(&|one| one.overall),
        part(&|one| one.post),
        part(&|one| one.unit),
    )?;
    Ok(())
}

fn median(mut numbers: Vec<f64>) -> Option<f64> {
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len() / 2).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_names_the_faster_ones_first_and_ours_as_a_share() {
        let one = r#"{"Phiếu Xã": {"ms": 500, "peak": 80, "longest": 0, "taken": 380, "overall": 20, "post": 60, "unit": 40},
            "other": {"ms": 2000, "peak": 300, "longest": 1900, "same": 9}}"#;
        let turn: BTreeMap<String, One> = serde_json::from_str(one).expect("it is JSON");
        let found = BTreeMap::from([("1000".to_owned(), vec![turn])]);
        let measured = Measured { version: "1".to_owned(), found };
        let page = page(&measured, "2 cores").expect("it can be written");
        let lines: Vec<&str> = page.lines().filter(|line| line.starts_with("| ")).collect();
        assert_eq!(lines.last(), Some(&"| other | 2000 | 0.25 | 300 | 1900 |"));
        assert!(page.contains("| Phiếu Xã | 500 |  | 80 | 0 |"), "{page}");
    }
}
