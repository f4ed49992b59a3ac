//! A response comes back by code and by message as the row that its file gives.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use std::collections::BTreeSet;
use std::rc::Rc;
use std::sync::LazyLock;

use phieu_xa::app::collector::{Collector, Scanning};
use phieu_xa::app::protocol::FileReport;
use phieu_xa::domain::field::Field;
use phieu_xa::domain::filled::{Circumstances, Filled};
use phieu_xa::domain::form::{Form, Kind, Question};
use phieu_xa::domain::problem::ProblemKind;
use phieu_xa::domain::response::{Consent, Mode, Response};
use phieu_xa::domain::timestamp::Timestamp;
use phieu_xa::domain::transfer::TransferFault;
use phieu_xa::formats::code_picture::{Picture, Seen};
use phieu_xa::formats::codes::{Code, MARGIN, codes, shown};
use phieu_xa::formats::parts::{Added, Pool, find};
use phieu_xa::formats::{packed, response_csv, text_block};
use phieu_xa::forms;
use phieu_xa::text::Language;
use proptest::prelude::*;
use rows::text::composed;

static FORM: LazyLock<Form> = LazyLock::new(|| forms::needs().unwrap());

/// Chance with a seed (`SplitMix64`).
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % end as u64).unwrap()
    }

    fn text(&mut self, words: usize) -> String {
        let of = "lớp học xa nhà, đường khó đi mùa mưa công việc ở xã nhiều nên không bố trí được \
            thời gian tài liệu dài chưa sát thực tế vùng cao đề nghị tỉnh mở lớp tại huyện tăng thực \
            hành xử lý tình huống đất đai giải phóng mặt bằng chuyển đổi số văn bản hành chính kinh \
            phí hỗ trợ ăn ở cho cán bộ người dân tộc thiểu số mỗi năm hai đợt giảng viên có kinh nghiệm";
        let of: Vec<&str> = of.split_whitespace().collect();
        (0..words).map(|_| of[self.below(of.len())]).collect::<Vec<_>>().join(" ")
    }
}

/// A response with every question answered that is asked, at random.
fn filled_at_random(seed: u64, words: usize) -> Response {
    let mut chance = Chance(seed);
    let mut filled = Filled::new(
        Rc::new(FORM.clone()),
        [("", ""); 0].into_iter().collect(),
        Circumstances::default(),
    );
    for question in FORM.questions() {
        if !filled.is_asked(&question.name) {
            continue;
        }
        let field: &Field = filled.field(&question.name).unwrap();
        let answer = match question.kind {
            Kind::Acknowledge => "OK".to_owned(),
            Kind::Text => chance.text(words),
            Kind::Integer => chance.below(30).to_string(),
            Kind::SelectOne(_) => {
                let offered = filled.offered(field);
                offered[chance.below(offered.len())].name.clone()
            }
            Kind::SelectMultiple(_) | Kind::Rank(_) => {
                let offered = filled.offered(field);
                let most = offered.len().min(5);
                let chosen: BTreeSet<usize> =
                    (0..most).map(|_| chance.below(offered.len())).collect();
                let names: Vec<&str> = chosen.iter().map(|at| offered[*at].name.as_str()).collect();
                names.join(" ")
            }
            _ => continue,
        };
        filled.answer(&[(question.name.clone(), answer)], Circumstances::default());
    }
    let at = |second: usize| Timestamp::from_millis(1.8e12 + 1000.0 * second as f64);
    let start = chance.below(1_000_000);
    let bits = [chance.below(usize::MAX), chance.below(usize::MAX)].map(|half| half as u64);
    let mut response = Response {
        form: FORM.id.as_str().into(),
        form_version: FORM.version.as_str().into(),
        campaign: "c1".into(),
        root: format!(
            "{:08x}-{:04x}-4{:03x}-a{:03x}-{:012x}",
            bits[0] >> 32,
            bits[0] & 0xffff,
            (bits[0] >> 16) & 0xfff,
            bits[1] >> 52,
            bits[1] & 0xffff_ffff_ffff
        ),
        revision: 1,
        start: Some(at(start)),
        end: Some(at(start + 1000)),
        submitted: Some(at(start + 1100)),
        active_seconds: Some(900),
        mode: Mode::Respondent,
        consent: Some(Consent { version: "2026-11".into(), at: at(start) }),
        answers: filled.response_answers(),
        checksum: String::new(),
        sources: Rc::new(BTreeSet::from(["x".to_owned()])),
    };
    response.seal();
    response
}

/// A response of about that many bytes once packed, mostly texts.
fn of_packed_size(seed: u64, size: usize) -> Response {
    let mut chance = Chance(seed);
    let mut response = filled_at_random(seed, 10);
    while packed::pack(&FORM, &[&response]).len() < size {
        let text = format!("{} {}", response.answers.get("kien_nghi"), chance.text(100));
        response.answers.set("kien_nghi", text);
    }
    response.seal();
    response
}

/// What the file of a response gives.
fn by_file(response: &Response) -> Vec<Response> {
    response_csv::read(&FORM, "here", &response_csv::write(&FORM, response)).responses
}

fn by_packed(packed: &[u8]) -> Vec<Response> {
    let read = packed::read(&FORM, "here", packed);
    assert_eq!(read.problems, []);
    read.responses
}

/// The code as a camera has it: so many dots a square, grey instead of black and white.
fn photographed(code: &Code, dots: usize) -> Picture {
    let side = (code.size + 2 * MARGIN) * dots;
    let mut grey = vec![225; side * side];
    for (y, row) in code.rows().enumerate() {
        for (x, _) in row.iter().enumerate().filter(|(_, is_dark)| **is_dark) {
            for line in 0..dots {
                let start = ((y + MARGIN) * dots + line) * side + (x + MARGIN) * dots;
                grey[start..start + dots].fill(40);
            }
        }
    }
    Picture::of_grey(side, grey)
}

fn read_code(code: &Code) -> String {
    let seen = photographed(code, 3).codes();
    assert_eq!((seen.texts.len(), seen.unreadable), (1, 0));
    seen.texts[0].clone()
}

#[test]
fn a_response_to_the_built_in_form_fits_one_code_and_comes_back_from_its_picture() {
    // Words in each of the up to five texts, largest version allowed.
    for (words, largest) in [(8, 17), (30, 20)] {
        for seed in 0..12 {
            let response = filled_at_random(seed, words);
            let packed = packed::pack(&FORM, &[&response]);
            let codes = codes(&packed);
            let version = (codes[0].size - 17) / 4;
            assert_eq!(codes.len(), 1, "{} bytes", packed.len());
            assert!(version <= largest, "version {version} for {} bytes", packed.len());
            let found = find(&read_code(&codes[0]));
            let mut pool = Pool::default();
            let Added::Whole(bytes) = pool.add(found.parts[0].clone()) else { panic!("one part") };
            assert_eq!(by_packed(&bytes), by_file(&response));
        }
    }
}

#[test]
fn a_long_response_goes_through_the_series_in_time_though_a_fifth_is_lost() {
    let response = of_packed_size(7, 8192);
    let packed = packed::pack(&FORM, &[&response]);
    let codes = codes(&packed);
    let texts: Vec<String> = codes.iter().map(read_code).collect();
    let mut longest = 0;
    for seed in 0..20 {
        let mut chance = Chance(seed);
        let mut pool = Pool::default();
        let start = chance.below(1000);
        let taken = (0..).find_map(|turn| {
            let is_lost = chance.below(5) == 0;
            let text = &texts[shown(start + turn, codes.len())];
            let part = find(text).parts.into_iter().next().filter(|_| !is_lost)?;
            match pool.add(part) {
                Added::Whole(bytes) => Some((turn + 1, bytes)),
                _ => None,
            }
        });
        let (turns, bytes) = taken.unwrap();
        assert_eq!(bytes, packed);
        longest = longest.max(turns);
    }
    assert!(longest < 8 * 30, "{longest} turns at 8 a second");
    assert_eq!(by_packed(&packed), by_file(&response));
}

/// The message of a response, as the receipt copies it.
fn message(response: &Response) -> String {
    text_block::write(Language::Vi, &response.receipt(), &packed::pack(&FORM, &[response]))
}

fn desk() -> Collector {
    Collector::new(FORM.clone(), [])
}

/// Pastes a text at a desk; the report of what became of it.
fn paste(desk: &mut Collector, text: &str) -> FileReport {
    let mut staged = desk.stage();
    staged.add_pasted(&FORM, "tin nhắn", text);
    desk.merge(staged).reports.remove(0)
}

/// Imports pictures that show these texts as codes; the reports.
fn show(desk: &mut Collector, pictures: &[&[&str]]) -> Vec<FileReport> {
    let mut staged = desk.stage();
    for codes in pictures {
        let texts = codes.iter().map(|text| (*text).to_owned()).collect();
        staged.add_codes(&FORM, "anh.png", &Seen { texts, unreadable: 0 });
    }
    desk.merge(staged).reports
}

fn faults(report: &FileReport) -> Vec<TransferFault> {
    let faults = report.problems.iter().filter_map(|problem| match &problem.kind {
        ProblemKind::Transfer(fault) => Some(fault.clone()),
        _ => None,
    });
    faults.collect()
}

#[test]
fn a_pasted_message_is_taken_as_its_file_would_be() {
    let response = filled_at_random(3, 20);
    let mut desk = desk();
    let text =
        format!("[10:32, 22/11/2026] Lan: Em gửi chị:\n{}\nChị nhận giúp em.", message(&response));
    let report = paste(&mut desk, &text);
    assert_eq!((report.new, faults(&report)), (1, vec![]));
    assert_eq!(report.receipt, Some(response.receipt()));
    let mut by_file = by_file(&response).remove(0);
    by_file.sources = Rc::new(["tin nhắn".to_owned()].into());
    assert_eq!(desk.dataset().current(), [&by_file]);
    assert_eq!(paste(&mut desk, &text).already_there, 1, "twice is once");
    let csv = String::from_utf8(response_csv::write(&FORM, &response)).unwrap();
    assert_eq!(paste(&mut desk, &csv).already_there, 1, "the text of the file does, too");
}

#[test]
fn messages_survive_what_chat_programs_do_to_them() {
    let responses = [filled_at_random(4, 20), filled_at_random(5, 40)];
    let both = responses.iter().map(message).collect::<Vec<_>>().join("\n-- \n");
    let wrapped = |width: usize| {
        let letters: Vec<char> = both.chars().collect();
        let lines: Vec<String> = letters.chunks(width).map(|line| line.iter().collect()).collect();
        lines.join("\r\n> ")
    };
    let mangled = [
        both.clone(),
        both.replace('\n', " "),
        both.replace('\n', "”\n“").replace(" PX1", " — PX1"),
        both.to_lowercase(),
        both.replace('\n', "\u{a0}\u{200b}\n\n  "),
        wrapped(30),
        wrapped(71),
    ];
    for text in mangled {
        let mut desk = desk();
        let report = paste(&mut desk, &text);
        assert_eq!((report.new, faults(&report)), (2, vec![]), "{text}");
    }
}

#[test]
fn a_message_with_a_missing_line_says_which_and_takes_it_later() {
    let response = filled_at_random(6, 20);
    let text = message(&response);
    let (third, others): (Vec<&str>, Vec<&str>) =
        text.lines().partition(|line| line.starts_with("3/"));
    let count = others.len() - 1;
    let mut desk = desk();
    let report = paste(&mut desk, &others.join("\n"));
    let missing = TransferFault::PartsMissing { missing: vec![3], count };
    assert_eq!((report.new, faults(&report)), (0, vec![missing.clone()]));
    let said = Language::Vi.problem(&report.problems[0]);
    assert!(said.contains(&format!("thiếu phần 3 trong {count} phần")), "{said}");
    assert_eq!(paste(&mut desk, &third.join("")).new, 1, "the missing line alone");

    let changed = text.replacen(&third[0][20..23], "ABC", 1);
    let mut desk = self::desk();
    assert_eq!(faults(&paste(&mut desk, &changed)), [missing], "a changed line is a missing one");
    assert_eq!(paste(&mut desk, &text).new, 1, "the whole message, once more");

    let alone = changed.lines().find(|line| line.starts_with("3/")).unwrap();
    let mut desk = self::desk();
    assert_eq!(faults(&paste(&mut desk, alone)), [TransferFault::PartsDamaged(1)]);
    for nothing in ["Chị ơi em chưa làm xong", "PX1", "px1 là gì ạ?"] {
        assert_eq!(faults(&paste(&mut desk, nothing)), [TransferFault::NoResponse], "{nothing}");
    }
}

#[test]
fn frames_of_two_responses_mixed_are_kept_apart() {
    let series = [1, 2].map(|seed| codes(&packed::pack(&FORM, &[&of_packed_size(seed, 2000)])));
    let [first, second] = series.each_ref().map(|codes| codes.iter().map(read_code));
    let mixed: Vec<String> = first.zip(second).flat_map(|(a, b)| [a, b]).collect();
    let (last, others) = mixed.split_last().unwrap();

    // As pictures, in two imports.
    let others: Vec<&str> = others.iter().map(String::as_str).collect();
    let mut desk = desk();
    let reports = show(&mut desk, &others.iter().map(std::slice::from_ref).collect::<Vec<_>>());
    assert_eq!(reports.iter().map(|report| report.new).sum::<usize>(), 1);
    let open: Vec<&FileReport> = reports.iter().filter(|r| !faults(r).is_empty()).collect();
    let count = others.len().div_ceil(2);
    let missing = TransferFault::PartsMissing { missing: vec![count], count };
    assert_eq!(open.len(), count - 1, "each picture of the second response says so");
    assert!(open.iter().all(|report| faults(report) == [missing.clone()]));
    assert_eq!(show(&mut desk, &[&[last]])[0].new, 1);

    // Before the camera, which sees each of them again and again.
    let (mut desk, mut scanning) = (self::desk(), Scanning::default());
    let mut new = 0;
    for text in mixed.iter().chain(&mixed) {
        let seen = Seen { texts: vec![text.clone()], unreadable: 0 };
        let scanned = desk.scan(&mut scanning, "mã QR", &seen);
        new += scanned.reports.iter().map(|report| report.new).sum::<usize>();
        assert!(scanned.reports.iter().all(|report| report.problems.is_empty()));
    }
    assert_eq!((new, desk.dataset().len()), (2, 2));
    let again = desk.scan(&mut Scanning::default(), "mã QR", &Seen { texts: mixed, unreadable: 0 });
    assert_eq!(again.reports.iter().map(|report| report.already_there).sum::<usize>(), 2);
}

#[test]
fn what_is_no_response_says_what_it_is() {
    let mut desk = desk();
    let other = TransferFault::OtherCode("https://example.org".to_owned());
    let reports = show(&mut desk, &[&["https://example.org"], &[]]);
    assert_eq!(faults(&reports[0]), [other]);
    assert_eq!(faults(&reports[1]), [TransferFault::NoCode]);
    let scanned = desk.scan(
        &mut Scanning::default(),
        "mã QR",
        &Seen { texts: vec!["WIFI:S:xa".to_owned()], unreadable: 0 },
    );
    assert_eq!(scanned.other.as_deref(), Some("WIFI:S:xa"));
    let ours = read_code(&codes(&packed::pack(&FORM, &[&filled_at_random(1, 5)]))[0]);
    let report = &show(&mut desk, &[&["https://example.org", &ours]])[0];
    assert_eq!((report.new, faults(report)), (1, vec![]), "a poster beside the phone is no fault");
}

#[test]
fn another_form_or_version_is_named_and_other_labels_do_not_matter() {
    let response = filled_at_random(8, 10);
    let packed = packed::pack(&FORM, &[&response]);
    let kind = |form: &Form, packed: &[u8]| {
        let read = packed::read(form, "x", packed);
        assert_eq!(read.responses.len(), usize::from(read.problems.is_empty()));
        read.problems.into_iter().next().map(|problem| problem.kind)
    };
    let other = ProblemKind::OtherForm { expected: "khac".into(), found: FORM.id.clone() };
    let mut another = FORM.clone();
    another.id = "khac".into();
    assert_eq!(kind(&another, &packed), Some(other));
    let mut newer = FORM.clone();
    newer.version = "2027".into();
    assert_eq!(kind(&newer, &packed), None, "the questions are the same");

    let mut changed = FORM.clone();
    changed.add_question(Question { name: "them".into(), ..Question::of_kind(Kind::Text) });
    let fault = Some(ProblemKind::Transfer(TransferFault::FormChanged));
    assert_eq!(kind(&changed, &packed), fault);
    changed.version = "2027".into();
    let versions = (changed.version.clone(), FORM.version.clone());
    let fault = TransferFault::OtherVersion { expected: versions.0, found: versions.1 };
    assert_eq!(kind(&changed, &packed), Some(ProblemKind::Transfer(fault)));

    let mut newer = packed.clone();
    newer[0] = 2;
    assert_eq!(kind(&FORM, &newer), Some(ProblemKind::Transfer(TransferFault::NewerProduct)));
    for length in 1..packed.len() {
        assert!(kind(&FORM, &packed[..length]).is_some(), "cut to {length} bytes");
    }
}

#[test]
fn what_an_interviewer_entered_goes_over_together() {
    let responses: Vec<Response> = (0..12).map(|seed| filled_at_random(seed, 12)).collect();
    let packed = packed::pack(&FORM, &responses.iter().collect::<Vec<_>>());
    let texts: Vec<String> = codes(&packed).iter().map(read_code).collect();
    let pictures: Vec<Vec<&str>> =
        texts.chunks(2).map(|two| two.iter().map(String::as_str).collect()).collect();
    let mut desk = desk();
    let reports = show(&mut desk, &pictures.iter().map(Vec::as_slice).collect::<Vec<_>>());
    assert_eq!(reports.iter().map(|report| report.new).sum::<usize>(), 12);
    let wanted: BTreeSet<String> = responses.iter().map(|row| row.checksum.clone()).collect();
    let taken = desk.dataset().current().into_iter().map(|row| row.checksum.clone());
    assert_eq!(taken.collect::<BTreeSet<_>>(), wanted);
}

#[test]
fn a_photo_with_several_codes_gives_them_all() {
    let texts = [filled_at_random(1, 5), filled_at_random(2, 5)]
        .map(|response| codes(&packed::pack(&FORM, &[&response])).remove(0));
    let pictures = texts.each_ref().map(|code| photographed(code, 4));
    // One above the other, on a page that is as wide as the wider one.
    let width = pictures.each_ref().map(Picture::width).into_iter().max().unwrap();
    let mut grey = Vec::new();
    for picture in &pictures {
        for row in picture.rows() {
            grey.extend_from_slice(row);
            grey.resize(grey.len().next_multiple_of(width), 225);
        }
    }
    let seen = Picture::of_grey(width, grey).codes_at_all_sizes();
    assert_eq!((seen.texts.len(), seen.unreadable), (2, 0));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_response_comes_back_as_by_file_whatever_was_answered(
        text in ".{0,60}|[\u{b}\n\t a]{0,4}x|=1\\+1|\"a\";\n,b|'-x", seed in any::<u64>()
    ) {
        let mut response = filled_at_random(seed, 3);
        response.answers.set("kien_nghi", composed(&text));
        response.seal();
        prop_assert_eq!(by_packed(&packed::pack(&FORM, &[&response])), by_file(&response));
    }

    #[test]
    fn no_bytes_break_the_unpacking(
        bytes in prop::collection::vec(any::<u8>(), 0..200),
        at in any::<prop::sample::Index>(), byte in any::<u8>(),
    ) {
        let mut changed = packed::pack(&FORM, &[&filled_at_random(1, 3)]);
        let head = changed[..2 + FORM.id.len() + 1 + FORM.version.len() + 4].to_vec();
        let place = at.index(changed.len());
        changed[place] = byte;
        for bytes in [bytes.clone(), changed, [head, bytes].concat()] {
            let read = packed::read(&FORM, "x", &bytes);
            prop_assert!(!read.problems.is_empty() || !read.responses.is_empty());
        }
    }

    #[test]
    fn no_picture_breaks_the_reader(
        width in 0usize..200,
        noise in prop::collection::vec(any::<u8>(), 0..20_000),
        spoilt in prop::collection::vec((any::<prop::sample::Index>(), 1usize..400, any::<u8>()), 0..40),
        dots in 1usize..4,
    ) {
        Picture::of_grey(width, noise.clone()).codes_at_all_sizes();
        Picture::of_colors(width, &noise).codes();
        let code = codes(&packed::pack(&FORM, &[&filled_at_random(2, 3)])).remove(0);
        let picture = photographed(&code, dots);
        let mut grey: Vec<u8> = picture.rows().flatten().copied().collect();
        for (at, length, shade) in spoilt {
            let start = at.index(grey.len());
            let end = (start + length).min(grey.len());
            grey[start..end].fill(shade);
        }
        let seen = Picture::of_grey(picture.width(), grey).codes_at_all_sizes();
        prop_assert!(seen.texts.iter().all(|text| find(text).damaged == 0));
    }
}

#[test]
fn a_link_is_read_from_its_code_unless_it_is_too_long_for_one() {
    let link =
        |length: usize| format!("https://phieu.example.vn/#/dot/{}", "aZ_9-".repeat(length / 5));
    for length in [300, 1_100, 1_400] {
        assert_eq!(read_code(&Code::of_link(&link(length)).unwrap()), link(length));
    }
    assert_eq!(Code::of_link(&link(2_000)), None);
}
