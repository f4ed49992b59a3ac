//! What the script does that answers.

use e2e::Device;
use serde_json::json;
use tokio::sync::mpsc::UnboundedSender;

use super::{CODE, DRAFTS, HandingIn, Ledger, REVISIONS, Random, Step, open};

/// Somebody who answers on and on, and hands in, and changes it.
pub(super) struct Script<'a> {
    pub device: &'a Device,
    pub ledger: &'a mut Ledger,
    pub random: &'a mut Random,
    pub steps: UnboundedSender<Step>,
    /// How many screens of a complete form are changed before it is handed in again.
    pub changes: u64,
    /// The screen that was answered last: which part, and which question of it.
    pub place: String,
}

impl Script<'_> {
    pub async fn go_on(mut self) {
        loop {
            let hash = self.device.hash().await;
            match hash.as_str() {
                "/phieu" => {
                    self.ledger.open = None;
                    self.place.clear();
                    self.device.click("start").await;
                    self.device.wait_for_hash("/phieu/dong-y").await;
                }
                "/phieu/dong-y" => {
                    self.device.click("q-dong_y").await;
                    self.say(Step::Answer);
                    self.ledger.begun = true;
                    self.device.click("next").await;
                    self.device.wait_for_hash("/phieu/cau/ho_ten").await;
                    // The consent is an answer, too.
                    self.until_stored("ho_ten", "").await;
                }
                "/phieu/xem-lai" if self.ledger.revision() > 1 && self.changes > 0 => {
                    self.change_a_rating().await;
                }
                "/phieu/xem-lai" => self.hand_in().await,
                "/phieu/da-gui" if self.ledger.revision() < REVISIONS => {
                    self.ledger.reopened = true;
                    self.device.click("reopen").await;
                    self.device.wait_for_hash("/phieu/xem-lai").await;
                    self.changes = 1 + self.random.below(3);
                }
                "/phieu/da-gui" => {
                    self.device.click("to-welcome").await;
                    self.device.find("start").await;
                }
                _ => self.answer_screen(&hash).await,
            }
        }
    }

    fn say(&self, step: Step) {
        // Nobody listens any more once the moment has come.
        let _ = self.steps.send(step);
    }

    async fn answer_screen(&mut self, hash: &str) {
        let script = "
            const place = document.getElementById('place')?.textContent.match(/\\d+/g) ?? [];
            const inputs = [...document.querySelectorAll('main .choice input, main .rating input')];
            return [
              `${place[0]}/${place[2]}`,
              inputs.map((input) => [input.name, input.id, input.checked]),
            ];";
        let screen = self.device.driver.execute(script, vec![]).await.expect("a screen is read");
        let (place, inputs): (String, Vec<(String, String, bool)>) =
            screen.convert().expect("a place and inputs");
        if place == self.place || place.starts_with("undefined") {
            // The address changes before the screen does.
            return;
        }
        self.place = place;
        if hash == "/phieu/cau/ho_ten" {
            self.type_code().await;
        }
        for choices in inputs.chunk_by(|one, other| one.0 == other.0) {
            self.choose(choices).await;
        }
        let is_changing = self.ledger.revision() > 1;
        self.changes = self.changes.saturating_sub(1);
        if is_changing && self.changes == 0 {
            open(self.device, "/phieu/xem-lai", "hand-in").await;
            self.place.clear();
        } else {
            self.say(Step::NextScreen);
            self.device.click("next").await;
        }
    }

    /// Rates anew at random, always so that there is a gap: the wishes are chosen among those. What
    /// else is answered stays so.
    async fn choose(&mut self, choices: &[(String, String, bool)]) {
        let Some((question, ..)) = choices.first() else { return };
        let levels = match question.split_once('_') {
            Some(("imp", _)) => Some(["4", "5"]),
            Some(("abl", _)) => Some(["1", "2"]),
            _ => None,
        };
        let name = |id: &str| id.trim_start_matches(&format!("q-{question}-")).to_owned();
        let free: Vec<_> = choices
            .iter()
            .filter(|(.., is_chosen)| !is_chosen)
            .map(|(_, id, _)| (id, name(id)))
            .filter(|(_, name)| levels.is_none_or(|levels| levels.contains(&name.as_str())))
            .collect();
        // What was put in order stands in a list of its own, and is no choice any more.
        let is_answered = free.len() < choices.len() || !self.ledger.answer(question).is_empty();
        if levels.is_none() && is_answered {
            return;
        }
        let place = if levels.is_some() { self.random.below(free.len() as u64) } else { 0 };
        let (id, choice) = &free[usize::try_from(place).unwrap()];
        self.until_last_is_stored().await;
        self.say(Step::Answer);
        self.ledger.given.push((question.clone(), choice.clone()));
        self.device.click(id).await;
        if self.random.below(2) == 0 {
            self.until_last_is_stored().await;
        }
    }

    async fn until_last_is_stored(&mut self) {
        if let Some((question, value)) = self.ledger.given.last().cloned() {
            self.until_stored(&question, &value).await;
            self.ledger.confirmed = self.ledger.given.len();
        }
    }

    /// Waits until the open draft is on the device with this answer.
    async fn until_stored(&self, question: &str, value: &str) {
        let script = "
            const [others, question, value] = arguments;
            const look = async () => {
              const found = (await drafts()).map((text) => JSON.parse(text));
              const open = found.find((draft) => !others.includes(draft.root));
              if (open && (open.answers[question] ?? '') === value) done(); else look();
            };
            look();";
        let is_other = |root: &&String| Some(*root) != self.ledger.open.as_ref();
        let others: Vec<&String> = self.ledger.known.keys().filter(is_other).collect();
        let arguments = vec![json!(others), json!(question), json!(value)];
        let script = format!("{DRAFTS}{script}");
        let stored = self.device.driver.execute_async(&script, arguments).await;
        stored.unwrap_or_else(|error| panic!("{question} = {value} is not stored: {error}"));
    }

    async fn type_code(&mut self) {
        for end in self.ledger.answer("ho_ten").len()..CODE.len() {
            self.say(Step::Answer);
            self.ledger.given.push(("ho_ten".to_owned(), CODE[..=end].to_owned()));
            self.device.type_into("q-ho_ten", &CODE[end..=end]).await;
        }
    }

    async fn change_a_rating(&mut self) {
        self.device.find("hand-in").await;
        let script = "return [...document.querySelectorAll('[id^=review-imp_]')]
            .map((line) => line.id.slice('review-'.length));";
        let lines = self.device.driver.execute(script, vec![]).await.expect("the review is read");
        let ratings: Vec<String> = lines.convert().expect("names of questions");
        let place = usize::try_from(self.random.below(ratings.len() as u64)).unwrap();
        let rating = &ratings[place];
        open(self.device, &format!("/phieu/cau/{rating}"), &format!("q-{rating}-1")).await;
    }

    async fn hand_in(&mut self) {
        self.say(Step::HandIn);
        self.ledger.handing_in = HandingIn::Asked;
        self.device.click("hand-in").await;
        self.device.find("receipt-code").await;
        self.ledger.handing_in = HandingIn::ReceiptSeen;
        self.device.wait_for_text("saved", "Đã lưu lúc").await;
        self.ledger.confirmed = self.ledger.given.len();
        self.ledger.compare(self.device).await;
    }
}
