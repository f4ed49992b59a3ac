//! A response comes back by code and by message as the row that its file gives.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::rc::Rc;
use std::sync::LazyLock;

use phieu_xa::domain::field::Field;
use phieu_xa::domain::filled::{Circumstances, Filled};
use phieu_xa::domain::form::{Form, Kind};
use phieu_xa::domain::problem::ProblemKind;
use phieu_xa::domain::response::{Consent, Mode, Response};
use phieu_xa::domain::timestamp::Timestamp;
use phieu_xa::domain::transfer::TransferFault;
use phieu_xa::formats::code_picture::Picture;
use phieu_xa::formats::codes::{Code, MARGIN, codes, shown};
use phieu_xa::formats::parts::{Added, Pool, find};
use phieu_xa::formats::{packed, response_csv, text_block};
use phieu_xa::forms;
use phieu_xa::text::Language;
use proptest::prelude::*;

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
    let mut filled = Filled::new(Rc::new(FORM.clone()), [("", ""); 0].into_iter().collect(), Circumstances::default());
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
        form: FORM.id.clone(),
        form_version: FORM.version.clone(),
        root: format!("{:08x}-{:04x}-4{:03x}-a{:03x}-{:012x}", bits[0] >> 32, bits[0] & 0xffff,
            (bits[0] >> 16) & 0xfff, bits[1] >> 52, bits[1] & 0xffff_ffff_ffff),
        revision: 1,
        start: Some(at(start)),
        end: Some(at(start + 1000)),
        submitted: Some(at(start + 1100)),
        mode: Mode::Respondent,
        consent: Some(Consent { version: "2026-11".to_owned(), at: at(start) }),
        answers: filled.response_answers(),
        checksum: String::new(),
        sources: BTreeSet::from(["x".to_owned()]),
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
        let mut sizes = Vec::new();
        for seed in 0..25 {
            let response = filled_at_random(seed, words);
            let packed = packed::pack(&FORM, &[&response]);
            let codes = codes(&packed);
            let version = (codes[0].size - 17) / 4;
            sizes.push((packed.len(), version));
            assert_eq!(codes.len(), 1, "{} bytes", packed.len());
            assert!(version <= largest, "version {version} for {} bytes", packed.len());
            let found = find(&read_code(&codes[0]));
            let mut pool = Pool::default();
            let Added::Whole(bytes) = pool.add(found.parts[0].clone()) else { panic!("one part") };
            assert_eq!(by_packed(&bytes), by_file(&response));
        }
        sizes.sort_unstable();
        println!("{words} words a text: {:?}, {:?}, {:?}", sizes[0], sizes[12], sizes[24]);
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
    println!("{} bytes, {} codes, at most {} turns", packed.len(), codes.len(), longest);
    assert!(longest < 8 * 30, "{longest} turns at 8 a second");
    assert_eq!(by_packed(&packed), by_file(&response));
}
