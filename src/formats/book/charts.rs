//! The ranking and the map as charts of a workbook, which follow its cells.

use rust_xlsxwriter::{Chart, ChartDataLabel, ChartType, Worksheet, XlsxError};

/// Which columns of a sheet the charts show, and what they are called.
pub struct RankingCharts<'t> {
    /// The competencies' codes, which stand in the map.
    pub codes: u16,
    /// Their names.
    pub names: u16,
    /// What they are ranked by.
    pub score: u16,
    /// Importance.
    pub importance: u16,
    /// Ability.
    pub ability: u16,
    /// The titles of the ranking and of the map.
    pub titles: [&'t str; 2],
    /// The names of score, importance and ability.
    pub axes: [&'t str; 3],
}

/// Pixels.
const WIDTH: u32 = 760;
const HEIGHT_OF_A_BAR: u32 = 22;
const HEIGHT_OF_THE_REST: u32 = 90;

/// Rows of the sheet between two charts.
const ROW_HEIGHT: u32 = 20;

impl RankingCharts<'_> {
    /// Puts the charts right of a table with so many columns and rows.
    pub(super) fn insert(
        &self,
        sheet: &mut Worksheet,
        columns: usize,
        rows: u32,
    ) -> Result<(), XlsxError> {
        if rows == 0 {
            return Ok(());
        }
        let name = sheet.name();
        let cells = |column: u16| (name.as_str(), 1, column, rows, column);
        let beside = u16::try_from(columns + 1).unwrap_or(u16::MAX);
        let [score, importance, ability] = self.axes;
        let [ranking_title, map_title] = self.titles;

        let height = HEIGHT_OF_A_BAR * rows + HEIGHT_OF_THE_REST;
        let mut ranking = Chart::new(ChartType::Bar);
        ranking.add_series().set_categories(cells(self.names)).set_values(cells(self.score));
        ranking.title().set_name(ranking_title);
        // The first of the table stands on top.
        ranking.y_axis().set_reverse();
        ranking.x_axis().set_name(score);
        ranking.legend().set_hidden();
        ranking.set_width(WIDTH).set_height(height).set_alt_text(ranking_title);
        sheet.insert_chart(1, beside, &ranking)?;

        let mut map = Chart::new(ChartType::Scatter);
        let labels: Vec<ChartDataLabel> = (1..=rows)
            .map(|row| {
                let code = (name.as_str(), row, self.codes, row, self.codes);
                ChartDataLabel::new().set_value(code).clone()
            })
            .collect();
        map.add_series()
            .set_categories(cells(self.ability))
            .set_values(cells(self.importance))
            .set_data_label(ChartDataLabel::new().show_value())
            .set_custom_data_labels(&labels);
        map.title().set_name(map_title);
        map.x_axis().set_name(ability).set_min(1).set_max(5);
        map.y_axis().set_name(importance).set_min(1).set_max(5);
        map.legend().set_hidden();
        map.set_width(WIDTH).set_height(WIDTH).set_alt_text(map_title);
        sheet.insert_chart(3 + height / ROW_HEIGHT, beside, &map)?;
        Ok(())
    }
}
