use super::*;
use proptest::prelude::*;

fn roster() -> Rc<Roster> {
    let mut roster = Roster::of_posts(["bt".to_owned(), "ct".to_owned()]);
    for (code, name) in [("1", "Xã Đại Từ"), ("2", "Xã Văn Hán"), ("3", "Phường Đại Phúc")]
    {
        roster.units.push(Unit { code: code.into(), name: name.into(), ..Unit::default() });
    }
    Rc::new(roster)
}

fn grid(roster: &Roster) -> Grid {
    let mut grid = Grid::default();
    grid.show(roster);
    grid
}

fn spot(line: usize, column: usize) -> Spot {
    Spot { line, column }
}

fn shown(grid: &Grid, roster: &Roster, line: usize) -> Vec<String> {
    (0..Column::count(roster)).map(|column| grid.text(roster, spot(line, column)).0).collect()
}

#[test]
fn units_are_found_without_diacritics_or_by_code() {
    let roster = roster();
    let mut grid = grid(&roster);
    for (search, found) in
        [("dai", vec![0, 2]), ("Đại Từ", vec![0]), ("3", vec![2]), ("x", vec![0, 1])]
    {
        grid.search = search.into();
        grid.show(&roster);
        assert_eq!(*grid.shown, found, "{search}");
    }
}

#[test]
fn one_goes_from_cell_to_cell_and_never_out_of_the_table() {
    let roster = roster();
    let mut grid = grid(&roster);
    grid.go(&roster, spot(1, 5), false);
    grid.step(&roster, Move::Next(1), false);
    assert_eq!(grid.cursor, spot(2, 0));
    grid.step(&roster, Move::Next(-1), false);
    assert_eq!(grid.cursor, spot(1, 5));
    grid.step(&roster, Move::Lines(20), false);
    assert_eq!(grid.cursor, spot(3, 5));
    grid.step(&roster, Move::Next(1), false);
    grid.step(&roster, Move::Columns(1), false);
    assert_eq!(grid.cursor, spot(3, 5));
    grid.step(&roster, Move::LineEnd(false), false);
    grid.step(&roster, Move::Ends(false), true);
    assert_eq!((grid.cursor, grid.anchor), (spot(1, 0), spot(3, 0)));
    grid.step(&roster, Move::Lines(-5), false);
    assert_eq!(grid.cursor, spot(0, 0), "the line of defaults");
}

#[test]
fn a_block_from_a_spreadsheet_fills_cells_and_comes_back_out() {
    let mut roster = roster();
    let mut grid = grid(&roster);
    grid.go(&roster, spot(1, 2), false);
    let filled = grid.paste(&mut roster, "1\t0\t2\r\n2\tx\t-1\r\n");
    assert_eq!((filled.cells, filled.refused), (4, Some(("x".into(), 2))));
    assert_eq!(shown(&grid, &roster, 1)[2..], ["1", "0", "2", "1"]);
    assert_eq!(shown(&grid, &roster, 2)[2..], ["2", "1", "1", "1"]);
    assert_eq!(grid.marked(), (1..=2, 2..=4));
    assert_eq!(grid.copied(&roster), "1\t0\t2\n2\t1\t1");
}

#[test]
fn one_value_fills_all_that_is_marked_and_the_defaults_have_a_line() {
    let mut roster = roster();
    let mut grid = grid(&roster);
    grid.go(&roster, spot(0, 2), false);
    grid.go(&roster, spot(2, 3), true);
    assert_eq!(grid.paste(&mut roster, "4").cells, 6);
    assert_eq!(roster.posts[0].default, crate::domain::roster::Places::full(4));
    assert_eq!(grid.text(&roster, spot(3, 2)), ("4".into(), true));
    assert_eq!(grid.text(&roster, spot(2, 2)), ("4".into(), false));
    grid.clear(&mut roster);
    assert_eq!(grid.text(&roster, spot(2, 2)), (String::new(), true));
}

#[test]
fn lines_below_the_last_are_new_units_if_they_have_a_name() {
    let mut roster = roster();
    let mut grid = grid(&roster);
    grid.go(&roster, spot(3, 0), false);
    let filled = grid.paste(&mut roster, "Phường X\t3\t1\nXã Mới\t4\t2\n\t5\t1\n");
    assert_eq!((filled.added, filled.cells, filled.beyond), (1, 6, 3));
    assert_eq!(roster.units[3].name, "Xã Mới");
    assert_eq!(shown(&grid, &roster, 4), ["Xã Mới", "4", "2", "1", "1", "1"]);
    // What is pasted among found units stays among them.
    grid.search = "dai".into();
    grid.show(&roster);
    grid.go(&roster, spot(1, 0), false);
    let filled = grid.paste(&mut roster, "A\nB\nC");
    assert_eq!((filled.added, filled.cells, filled.beyond), (0, 1, 2));
    assert_eq!(roster.units.len(), 4);
}

#[test]
fn only_what_is_in_view_is_drawn() {
    assert_eq!(window(170, 0, 20), 0..32);
    assert_eq!(window(170, 100, 20), 88..132);
    assert_eq!(window(10_000, 9_990, 20), 9_978..10_000);
    assert_eq!(window(5, 900, 20), 5..5);
}

proptest! {
    #[test]
    fn no_keystroke_and_no_paste_breaks_the_table(
        steps in prop::collection::vec((0usize..9, -30isize..30, any::<bool>(), "[0-9a\t\n\"]{0,12}"), 0..40)
    ) {
        let mut roster = roster();
        let mut grid = grid(&roster);
        for (kind, by, flag, text) in steps {
            match kind {
                0 => grid.step(&roster, Move::Lines(by), flag),
                1 => grid.step(&roster, Move::Columns(by), flag),
                2 => grid.step(&roster, Move::Next(by), flag),
                3 => grid.step(&roster, Move::Ends(flag), flag),
                4 => grid.step(&roster, Move::LineEnd(flag), flag),
                5 => drop(grid.paste(&mut roster, &text)),
                6 => { grid.typed = Some(text); grid.take_typed(&mut roster); }
                7 => { grid.search = text; grid.show(&roster); }
                _ => { Rc::make_mut(&mut roster).remove_post(0); grid.show(&roster); }
            }
            prop_assert!(grid.cursor.line <= grid.shown.len());
            prop_assert!(grid.cursor.column < Column::count(&roster));
            grid.copied(&roster);
        }
    }
}
