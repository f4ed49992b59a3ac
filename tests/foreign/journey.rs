//! A trainer at the desk, whose worker answers at once.

use std::collections::VecDeque;
use std::rc::Rc;

use phieu_xa::app::campaign_file::CampaignFile;
use phieu_xa::app::desk::DeskMsg;
use phieu_xa::app::desk::foreign::{ForeignMsg, ForeignNotice};
use phieu_xa::app::protocol::{
    ForeignPreview, ForeignReply, ForeignRequest, FormSheets, Reply, Request, Summary,
};
use phieu_xa::app::route::{Route, Step};
use phieu_xa::app::{Effect, Facts, Model, Msg, TextSize};
use phieu_xa::domain::campaign::Campaign;
use phieu_xa::domain::foreign::{Meaning, RecipeFault, WordMeaning};
use phieu_xa::domain::timestamp::Timestamp;
use phieu_xa::forms::BuiltIn;
use phieu_xa::text::Language;

use super::{Collector, FORM, UNITS, desk, import};

struct Trainer {
    model: Model,
    worker: Collector,
    downloads: Vec<(String, Vec<u8>)>,
    kept: Option<CampaignFile>,
}

impl Trainer {
    fn at_the_desk() -> Self {
        let route = Route::desk(Step::Collect);
        let model = Model::new(Rc::new(FORM.clone()), Language::Vi, TextSize::Normal, route);
        let mut trainer = Self { model, worker: desk(), downloads: Vec::new(), kept: None };
        let campaign = Campaign { id: "c1".to_owned(), ..Campaign::default() };
        let sheets = FormSheets::built_in(BuiltIn::Needs);
        let file = CampaignFile::new(campaign, sheets, Timestamp::from_millis(1.0));
        trainer.send(DeskMsg::CampaignsLoaded(Some(vec![file])));
        trainer
    }

    fn drops(&mut self, name: &str, csv: &str) {
        let reports = vec![import(&mut self.worker, name, csv.as_bytes())];
        self.send(DeskMsg::Replied(self.imported(reports)));
    }

    fn imported(&self, reports: Vec<phieu_xa::app::protocol::FileReport>) -> Reply {
        Reply::Imported { reports, summary: self.worker.summary(), kept: true }
    }

    fn does(&mut self, msg: ForeignMsg) {
        self.send(DeskMsg::Foreign(msg));
    }

    fn send(&mut self, msg: DeskMsg) {
        let now = Timestamp::from_millis(1.8e12);
        let facts = Facts { now, utc_offset: 420, fresh_id: "id".to_owned() };
        let mut waiting = VecDeque::from([msg]);
        while let Some(msg) = waiting.pop_front() {
            for effect in self.model.update(Msg::Desk(msg), &facts) {
                let reply = match effect {
                    Effect::Ask(Request::Foreign(request)) => self.answer(request),
                    Effect::Ask(Request::Open(file)) => Reply::Opened {
                        sheets: file.sheets.in_full(BuiltIn::sheets),
                        summary: Some(Summary::default()),
                    },
                    Effect::Download { name, bytes } => {
                        self.downloads.push((name, bytes));
                        continue;
                    }
                    Effect::KeepCampaign(file) => {
                        self.kept = Some(*file);
                        continue;
                    }
                    _ => continue,
                };
                waiting.push_back(DeskMsg::Replied(reply));
            }
        }
    }

    fn answer(&mut self, request: ForeignRequest) -> Reply {
        let (table, preview) = match request {
            ForeignRequest::Open(table, recipes) => {
                (table, self.worker.propose(table, &recipes, &*UNITS))
            }
            ForeignRequest::Preview(table, mapping) => {
                (table, self.worker.preview(table, mapping, &*UNITS))
            }
            ForeignRequest::Take(table, mapping) => {
                let staged = self.worker.stage_aside(table, &mapping, &*UNITS).unwrap();
                let reports = self.worker.merge(staged).reports;
                return self.imported(reports);
            }
            ForeignRequest::Drop(table) => {
                self.worker.drop_aside(table);
                (table, None)
            }
        };
        let gone = ForeignReply::Gone(table);
        Reply::Foreign(preview.map_or(gone, |preview| ForeignReply::Preview(Box::new(preview))))
    }

    fn open(&self) -> &ForeignPreview {
        self.model.desk.foreign.open.as_ref().unwrap()
    }

    fn waiting(&self) -> Vec<usize> {
        self.model.desk.foreign.asked.iter().map(|table| table.number).collect()
    }
}

const TABLE: &str = "Dấu thời gian,Nơi làm việc,Chức vụ,Mức độ quan trọng [Ngoại ngữ]\n\
    02/12/2026 14:05:33,\"Đại Từ, Thái Nguyên\",CT UBND,Cực kỳ cần\n\
    13/12/2026 8:00:00,\"Phú Lương, Thái Nguyên\",Bí thư Đảng ủy,Quan trọng\n";

#[test]
fn a_column_and_a_word_are_set_right_the_table_is_taken_and_the_recipe_is_proposed_again() {
    let mut trainer = Trainer::at_the_desk();
    trainer.drops("khao-sat.csv", TABLE);
    assert_eq!((trainer.waiting(), trainer.worker.summary().people), (vec![0], 0));
    trainer.does(ForeignMsg::Opened(0));
    assert_eq!(trainer.open().mapping.columns[1], Meaning::Nothing);
    assert_eq!((trainer.open().responses, trainer.open().unread), (2, 1));
    assert!(!trainer.open().has_days, "the thirteenth tells the order of day and month");

    let unit = Meaning::Answer("don_vi".to_owned());
    trainer.does(ForeignMsg::ColumnChosen(1, unit.clone()));
    trainer.does(ForeignMsg::WordChosen {
        list: "quan_trong".to_owned(),
        word: "Cực kỳ cần".to_owned(),
        meaning: Some(WordMeaning::Choice("5".to_owned())),
    });
    assert_eq!(trainer.open().unread, 0);
    trainer.does(ForeignMsg::RecipeAsked);
    let (name, recipe) = trainer.downloads.remove(0);
    assert_eq!(name, "cach-doc_khao-sat.json");
    assert_eq!(trainer.kept.as_ref().unwrap().recipes.len(), 1);
    trainer.does(ForeignMsg::Taken);
    assert!(trainer.model.desk.foreign.open.is_none() && trainer.waiting().is_empty());
    assert_eq!(trainer.model.desk.summary.as_ref().unwrap().people, 2);
    let units = trainer.worker.dataset().current();
    assert!(units.iter().all(|person| !person.answers.get("don_vi").is_empty()));

    // The next file with these headings.
    trainer.drops("khao-sat-2.csv", &TABLE.replace("2026", "2027"));
    trainer.does(ForeignMsg::Opened(1));
    assert_eq!(trainer.open().recipe.as_deref(), Some("khao-sat"));
    assert_eq!((&trainer.open().mapping.columns[1], trainer.open().unread), (&unit, 0));
    trainer.does(ForeignMsg::RecipeForgotten);
    assert_eq!((trainer.open().recipe.as_deref(), trainer.open().unread), (None, 1));
    assert_eq!(trainer.kept.as_ref().unwrap().recipes.len(), 0);

    // At another computer the file of the recipe does the same.
    trainer.does(ForeignMsg::RecipeChosen(b"{}".to_vec()));
    let refused = Some(ForeignNotice::RecipeRefused(RecipeFault::Damaged));
    assert_eq!(trainer.model.desk.foreign.notice, refused);
    trainer.does(ForeignMsg::RecipeChosen(recipe));
    assert_eq!((&trainer.open().mapping.columns[1], trainer.open().unread), (&unit, 0));
    trainer.does(ForeignMsg::Taken);
    assert_eq!(trainer.model.desk.summary.as_ref().unwrap().people, 4);
}

#[test]
fn a_table_can_wait_and_be_left_out_and_one_that_is_gone_is_told() {
    let mut trainer = Trainer::at_the_desk();
    trainer.drops("a.csv", TABLE);
    trainer.drops("b.csv", TABLE);
    trainer.does(ForeignMsg::Opened(1));
    trainer.does(ForeignMsg::Closed);
    assert_eq!(trainer.waiting(), [0, 1]);
    trainer.does(ForeignMsg::Opened(1));
    trainer.does(ForeignMsg::Dropped(1));
    assert_eq!(trainer.waiting(), [0]);
    assert_eq!(trainer.model.desk.foreign.notice, None);
    trainer.worker.drop_aside(0);
    trainer.does(ForeignMsg::Opened(0));
    assert_eq!(trainer.model.desk.foreign.notice, Some(ForeignNotice::Gone));
    assert_eq!(trainer.waiting(), [] as [usize; 0]);
}

#[test]
fn an_answer_to_a_mapping_that_was_changed_again_is_passed_over() {
    let mut trainer = Trainer::at_the_desk();
    trainer.drops("a.csv", TABLE);
    trainer.does(ForeignMsg::Opened(0));
    let late = trainer.open().clone();
    trainer.does(ForeignMsg::ColumnChosen(2, Meaning::Nothing));
    let now = trainer.open().clone();
    trainer.send(DeskMsg::Replied(Reply::Foreign(ForeignReply::Preview(Box::new(late)))));
    assert_eq!(*trainer.open(), now);
}

#[test]
fn kits_carry_no_recipes_and_a_copied_campaign_has_them() {
    let mut trainer = Trainer::at_the_desk();
    trainer.drops("a.csv", TABLE);
    trainer.does(ForeignMsg::Opened(0));
    trainer.does(ForeignMsg::RecipeAsked);
    let kept = trainer.kept.clone().unwrap();
    assert_eq!(kept.recipes.len(), 1);
    assert!(kept.for_respondents().recipes.is_empty());
    trainer.send(DeskMsg::CopyAsked);
    assert_eq!(trainer.model.desk.file.recipes.len(), 1);
}
