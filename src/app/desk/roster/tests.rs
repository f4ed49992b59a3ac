use super::*;
use crate::app::registry::Registry;
use crate::domain::roster::Side;
use crate::forms;

struct Desk {
    screen: RosterScreen,
    roster: Rc<Roster>,
    form: Form,
    worker: Registry,
}

impl Desk {
    fn new() -> Self {
        let form = forms::needs().unwrap();
        let roster = Rc::new(Roster::default());
        let screen = RosterScreen::of(&roster);
        Self { screen, roster, form, worker: Registry::default() }
    }

    /// Sends a message and carries out what it asks of the worker.
    fn send(&mut self, msg: RosterMsg) {
        for effect in self.screen.update(msg, &mut self.roster, &self.form) {
            let Effect::Ask(Request::Roster(request)) = effect else { panic!("{effect:?}") };
            let reply = self.worker.answer(request);
            self.send(RosterMsg::Replied(reply));
        }
    }

    fn pick(&mut self, province: &str, replace: bool) {
        self.send(RosterMsg::SourceChosen(Some(Source::Provinces(UnitList::Current))));
        self.send(RosterMsg::ProvinceTicked(province.into(), true));
        self.send(RosterMsg::Taken { replace });
    }

    fn go(&mut self, line: usize, column: usize) {
        self.send(RosterMsg::Went(Spot { line, column }, false));
    }
}

#[test]
fn a_province_is_picked_and_its_units_have_the_posts_of_the_form() {
    let mut desk = Desk::new();
    desk.pick("19", true);
    assert_eq!((desk.roster.units.len(), desk.roster.posts.len()), (92, 19));
    assert_eq!(desk.roster.totals(0).quota, 92);
    assert_eq!(desk.screen.notice, Some(RosterNotice::Added(92)));
    assert_eq!(desk.screen.source, None);
    desk.pick("25", false);
    assert_eq!(desk.roster.units.len(), 92 + 148);
    desk.pick("25", false);
    assert_eq!(desk.screen.notice, Some(RosterNotice::Added(0)), "no unit comes twice");
    desk.send(RosterMsg::Undone);
    assert_eq!(desk.roster.units.len(), 92);
}

#[test]
fn cells_are_typed_pasted_and_taken_back() {
    let mut desk = Desk::new();
    desk.pick("19", true);
    desk.go(1, 2);
    desk.send(RosterMsg::Typed("3".into()));
    desk.send(RosterMsg::Stepped(Move::Lines(1), false));
    assert_eq!(desk.roster.places(0, 0).get(Side::Quota), Some(3));
    desk.send(RosterMsg::Typed("drei".into()));
    desk.send(RosterMsg::Left);
    assert_eq!(desk.screen.notice, Some(RosterNotice::NotPeople("drei".into())));
    desk.send(RosterMsg::Typed("9".into()));
    desk.send(RosterMsg::Escaped);
    desk.send(RosterMsg::Left);
    assert_eq!(desk.roster.places(1, 0).get(Side::Quota), Some(1));
    desk.send(RosterMsg::Pasted("2\t1\n2\t0".into()));
    assert_eq!(desk.roster.places(2, 0).get(Side::Actual), Some(0));
    desk.send(RosterMsg::Undone);
    desk.send(RosterMsg::Undone);
    assert_eq!(desk.roster.places(0, 0).get(Side::Quota), Some(1));
    assert_eq!(desk.roster.totals(0).actual, 92);
}

#[test]
fn units_and_posts_are_added_renamed_and_removed() {
    let mut desk = Desk::new();
    desk.send(RosterMsg::UnitAdded);
    desk.send(RosterMsg::Typed("Xã Mới".into()));
    desk.send(RosterMsg::UnitAdded);
    let names: Vec<&str> = desk.roster.units.iter().map(|unit| unit.name.as_str()).collect();
    assert_eq!(names, ["Xã Mới", ""]);
    assert_ne!(desk.roster.units[0].code, desk.roster.units[1].code);
    desk.send(RosterMsg::UnitsRemoved);
    assert_eq!(desk.roster.units.len(), 1);
    desk.send(RosterMsg::PostAdded("bt".into()));
    assert_eq!(Column::count(&desk.roster), 4);
    desk.go(1, 3);
    desk.send(RosterMsg::PostRemoved(0));
    assert_eq!(desk.screen.grid.cursor.column, 1);
    desk.go(1, 1);
    desk.send(RosterMsg::Pasted("a7".into()));
    assert_eq!(desk.roster.units[0].code, "a7");
}

#[test]
fn a_file_is_previewed_its_columns_are_changed_and_it_is_taken() {
    let mut desk = Desk::new();
    let csv = "PCT;Xã;Bí thư;Tỉnh\n2;Đại Từ;1;Thái Nguyên\n1;Văn Hán;x;Thái Nguyên\n";
    desk.send(RosterMsg::SourceChosen(Some(Source::File)));
    desk.send(RosterMsg::FileChosen("ds.csv".into(), csv.into()));
    let preview = desk.screen.preview.clone().unwrap();
    assert_eq!((preview.units, preview.first.faults.len()), (2, 1));
    assert_eq!(preview.settings.columns[0], ColumnUse::Nothing, "of two posts called so");
    let bt = ColumnUse::People("bt".into(), Side::Quota);
    desk.send(RosterMsg::ColumnChosen(0, bt));
    let columns = &desk.screen.preview.as_ref().unwrap().settings.columns;
    assert_eq!(columns[2], ColumnUse::Nothing, "no two columns say one thing");
    desk.send(RosterMsg::Taken { replace: true });
    assert_eq!(desk.roster.posts.len(), 1);
    assert_eq!(desk.roster.totals(0).quota, 3);
    assert_eq!(desk.screen.preview, None);
}

#[test]
fn what_is_no_table_is_refused_and_the_roster_stays() {
    let mut desk = Desk::new();
    desk.pick("19", true);
    desk.send(RosterMsg::SourceChosen(Some(Source::File)));
    desk.send(RosterMsg::FileChosen("x.png".into(), vec![0; 9]));
    assert!(desk.screen.refused.is_some() && !desk.screen.is_waiting);
    desk.send(RosterMsg::Taken { replace: true });
    assert_eq!(desk.roster.units.len(), 92);
}

#[test]
fn the_sample_comes_with_its_own_posts() {
    let mut desk = Desk::new();
    desk.pick("19", true);
    desk.send(RosterMsg::SourceChosen(Some(Source::Sample)));
    desk.send(RosterMsg::Taken { replace: true });
    assert_eq!(*desk.roster, sample_roster());
}

#[test]
fn an_answer_that_comes_too_late_changes_nothing() {
    let mut desk = Desk::new();
    desk.send(RosterMsg::SourceChosen(Some(Source::Provinces(UnitList::Current))));
    desk.send(RosterMsg::ProvinceTicked("19".into(), true));
    let effects =
        desk.screen.update(RosterMsg::Taken { replace: true }, &mut desk.roster, &desk.form);
    assert_eq!(effects.len(), 1);
    desk.send(RosterMsg::SourceChosen(None));
    desk.send(RosterMsg::Replied(RosterReply::Units(sample_roster())));
    assert_eq!(desk.roster.units.len(), 0);
}
