//! The tables computed from a dataset, as they are exported: with codes for programs, or in the
//! words of a language for people.

use super::table::{Cell, Table};
use crate::domain::form::Form;
use crate::domain::grouping::{Facet, Group, Grouping};
use crate::domain::needs::{GroupNeeds, Measures, Need, Needs};
use crate::text::Language;

/// In what words a table is written: codes, or a language.
pub type Words = Option<Language>;

/// A measure as a column: its heading for programs and for people, and its number.
struct Column {
    code: &'static str,
    words: fn(Language) -> &'static str,
    number: fn(&Measures) -> Option<f64>,
}

const MEASURES: [Column; 12] = [
    Column {
        code: "mean_importance",
        words: Language::col_importance_long,
        number: |m| Some(m.mean_importance),
    },
    Column {
        code: "mean_ability",
        words: Language::col_ability_long,
        number: |m| Some(m.mean_ability),
    },
    Column {
        code: "sd_importance",
        words: Language::col_sd_importance_long,
        number: |m| m.sd_importance,
    },
    Column { code: "sd_ability", words: Language::col_sd_ability_long, number: |m| m.sd_ability },
    Column { code: "gap", words: Language::col_gap_long, number: |m| Some(m.gap) },
    Column { code: "mwds", words: Language::col_mwds_long, number: |m| Some(m.mwds) },
    Column { code: "rds", words: Language::col_rds_long, number: |m| Some(m.rds) },
    Column { code: "share_need", words: Language::col_need_long, number: |m| Some(m.share_need) },
    Column {
        code: "share_surplus",
        words: Language::col_surplus_long,
        number: |m| Some(m.share_surplus),
    },
    Column { code: "share_tie", words: Language::col_tie_long, number: |m| Some(m.share_tie) },
    Column {
        code: "pni_modified",
        words: Language::col_pni_long,
        number: |m| Some(m.pni_modified),
    },
    Column {
        code: "share_high_need",
        words: Language::col_high_need_long,
        number: |m| Some(m.share_high_need),
    },
];

/// Needs of several groupings, one row a group and competency. Of what is hidden only that it is
/// hidden is told.
pub fn needs_table(form: &Form, needs: &[Needs], words: Words) -> Table {
    let mut header: Vec<String> = match words {
        None => ["group_by", "group", "people", "competency"].map(str::to_owned).to_vec(),
        Some(t) => [t.group_by(), t.col_group(), t.col_people(), t.col_competency()]
            .map(str::to_owned)
            .to_vec(),
    };
    header.extend(match words {
        None => ["n_importance", "n_ability", "n_pairs"].map(str::to_owned),
        Some(t) => [t.col_n_importance_long(), t.col_n_ability_long(), t.col_n_pairs_long()]
            .map(str::to_owned),
    });
    header.extend(MEASURES.iter().map(|column| match words {
        None => column.code.to_owned(),
        Some(t) => (column.words)(t).to_owned(),
    }));
    header.extend(match words {
        None => ["rank_mwds", "hidden"].map(str::to_owned),
        Some(t) => [t.col_rank_long(), t.col_hidden()].map(str::to_owned),
    });
    let rows = needs.iter().flat_map(|needs| {
        needs.groups.iter().flat_map(move |group| {
            group.needs.iter().map(move |need| needs_row(form, needs.grouping, group, need, words))
        })
    });
    Table { header, rows: rows.collect() }
}

fn needs_row(
    form: &Form,
    grouping: Grouping,
    group: &GroupNeeds,
    need: &Need,
    words: Words,
) -> Vec<Cell> {
    let shown = |n: u64| if need.hidden { Cell::Blank } else { Cell::Count(n) };
    let mut row = vec![
        Cell::text(grouping_name(grouping, words)),
        Cell::text(group_name(form, grouping, &group.group, words)),
        if group.is_hidden { Cell::Blank } else { Cell::Count(group.people) },
        Cell::text(competency_name(form, &need.competency, words)),
        shown(need.n_importance),
        shown(need.n_ability),
        shown(need.n_pairs),
    ];
    row.extend(MEASURES.iter().map(|column| {
        let number = need.measures.as_ref().and_then(column.number);
        // People read shares as percent; `share_high_need` is the one that is not.
        let is_fraction = words.is_some() && column.code == "share_high_need";
        Cell::number(if is_fraction { number.map(|share| 100.0 * share) } else { number })
    }));
    row.push(need.rank.map_or(Cell::Blank, |rank| Cell::Count(rank as u64)));
    row.push(match words {
        None => Cell::Count(u64::from(need.hidden)),
        Some(t) => Cell::text(if need.hidden { t.yes() } else { "" }),
    });
    row
}

pub(super) fn grouping_name(grouping: Grouping, words: Words) -> String {
    words.map_or_else(|| grouping.word(), |t| t.grouping(grouping))
}

/// A group in words: the labels of the choices it comes from.
pub fn group_name(form: &Form, grouping: Grouping, group: &Group, words: Words) -> String {
    let Some(t) = words else { return group.to_string() };
    if grouping.is_overall() {
        return t.by_overall().to_owned();
    }
    let name = |(facet, answer): (Facet, &String)| match facet.question(form) {
        _ if answer.is_empty() => t.no_answer().to_owned(),
        Some(question) if facet != Facet::Cluster => {
            form.answer_in_distinct_words(question, answer, t.code())
        }
        _ => answer.clone(),
    };
    grouping.facets().zip(&group.0).map(name).collect::<Vec<_>>().join(" · ")
}

/// A competency: its code, for people with its name.
pub fn competency_name(form: &Form, code: &str, words: Words) -> String {
    let competency = form.competency(code);
    match (words, competency) {
        (Some(t), Some(competency)) => format!("{code} · {}", competency.label.get(t.code())),
        _ => code.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::clusters::Clusters;
    use crate::domain::grouping::Tallies;
    use crate::domain::needs::needs;
    use crate::formats::response_csv;
    use crate::formats::table::Profile;
    use crate::forms;

    /// Units by people: each rates A1 with 5 and 2 and B1 as not their task.
    fn needs_of(units: &[(&str, usize)]) -> String {
        let form = forms::needs().unwrap();
        let mut rows = String::from("don_vi,imp_A1,abl_A1,imp_B1,abl_B1,_form,_root\n");
        for (unit, people) in units {
            let row = |person| format!("{unit},5,2,na,na,nhu-cau,{unit}-{person}\n");
            rows.extend((0..*people).map(row));
        }
        let read = response_csv::read(&form, "x.csv", rows.as_bytes());
        let by = Grouping::by(Facet::Unit);
        let tallies = Tallies::count(&form, by, &Clusters::default(), &read.responses);
        let table = needs_table(&form, &[needs(&form, by, &tallies)], None);
        String::from_utf8(table.to_csv(Profile::Data)).unwrap()
    }

    #[test]
    fn of_a_small_unit_no_number_leaves() {
        let needs = needs_of(&[("05443", 2), ("00127", 9), ("06661", 3)]);
        for line in needs.lines().filter(|line| line.contains("05443")) {
            let numbers: Vec<&str> = line.split(',').skip(4).collect();
            assert!(numbers[..16].iter().all(|number| number.is_empty()), "{line}");
            assert_eq!(numbers[16], "1", "{line}");
            assert!(line.starts_with("unit,05443,,"), "{line}");
        }
    }

    #[test]
    fn a_single_small_unit_is_not_found_by_subtraction() {
        let needs = needs_of(&[("05443", 2), ("00127", 9), ("06661", 30)]);
        assert!(needs.contains("unit,00127,,A1,,,,"), "{needs}");
    }
}
