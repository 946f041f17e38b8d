//! Which pictures a result has: one file a kind of result, each picture made from the tables that are kept and nothing else.
//!
//! A picture whose table or columns are missing is left out, so results of other versions can be drawn as far as they go.

mod comparison;
mod dependence;
mod discovery;
mod groups;
mod policies;
mod run;
mod searches;
mod words;

use super::{Chart, Drawing};
use crate::model::outcomes::{OUTCOMES, Outcome};
use crate::output::kept::Kept;
use crate::output::sheet::{Sheet, Value};

/// The pictures of a result, the most important first.
pub fn charts(kept: &Kept) -> Vec<Chart> {
    let mut charts = match kept.about.kind.as_str() {
        "run" => run::charts(kept),
        // A study has the pictures that its tables allow.
        _ => [
            comparison::charts,
            searches::charts,
            policies::charts,
            dependence::charts,
            discovery::charts,
            groups::charts,
        ]
        .iter()
        .flat_map(|charts| charts(kept))
        .collect(),
    };
    charts.retain(|chart| !is_empty(&chart.drawing));
    for k in 1..charts.len() {
        let (before, [chart, ..]) = charts.split_at_mut(k) else { break };
        let is_taken = |name: &str| before.iter().any(|other| other.name == name);
        if is_taken(&chart.name) {
            let free = (2..).map(|n| format!("{}_{n}", chart.name)).find(|name| !is_taken(name));
            chart.name = free.unwrap_or_default();
        }
    }
    charts
}

fn is_empty(drawing: &Drawing) -> bool {
    match drawing {
        Drawing::Lines { lines, .. } => lines.iter().all(|line| line.points.is_empty()),
        Drawing::Histogram { bins, .. } => bins.is_empty(),
        Drawing::Rows { rows, .. } => rows.is_empty(),
        Drawing::Parts { bars, .. } => bars.is_empty(),
        Drawing::Dots { dots, .. } => dots.is_empty(),
    }
}

/// A picture whose table holds these rows and columns of another.
fn chart<'r>(
    [name, title]: [&str; 2],
    told: String,
    drawing: Drawing,
    from: &Sheet,
    rows: impl IntoIterator<Item = &'r [Value]>,
    columns: &[&str],
) -> Chart {
    Chart {
        name: name.to_string(),
        title: title.to_string(),
        told,
        drawing,
        table: picked([name, title], from, rows, columns),
    }
}

/// Some rows and columns of a table, as a table; columns that it has not are left out.
fn picked<'r>(
    [name, title]: [&str; 2],
    from: &Sheet,
    rows: impl IntoIterator<Item = &'r [Value]>,
    columns: &[&str],
) -> Sheet {
    let places: Vec<usize> = columns.iter().filter_map(|column| from.column(column)).collect();
    let mut sheet = Sheet::new(name, title, places.iter().map(|&place| from.columns[place].clone()).collect());
    for row in rows {
        sheet.push(places.iter().map(|&place| row[place].clone()).collect());
    }
    sheet
}

/// The words that stand in a column, each once, in the order in which they first appear.
fn each<'s>(sheet: &'s Sheet, column: &str) -> Vec<&'s str> {
    let mut found: Vec<&str> = Vec::new();
    for row in &sheet.rows {
        let words = sheet.words(row, column);
        if !words.is_empty() && found.last() != Some(&words) && !found.contains(&words) {
            found.push(words);
        }
    }
    found
}

/// A table that has all of these columns.
fn with_columns<'k>(kept: &'k Kept, name: &str, columns: &[&str]) -> Option<&'k Sheet> {
    kept.sheet(name).filter(|sheet| columns.iter().all(|column| sheet.column(column).is_some()))
}

/// What an outcome of a study is called within a sentence: `premium over working alone` for `premium`; anything else as it is.
fn called(outcome: &str) -> String {
    declared(outcome).map_or_else(|| outcome.to_string(), |outcome| words::lower(outcome.title))
}

/// The unit of an outcome of a study; empty where it is not known.
fn unit_of(outcome: &str) -> &'static str {
    declared(outcome).map_or("", |outcome| outcome.unit)
}

/// The outcome that a column of a study is about, by its short name or as the mean of it.
fn declared(outcome: &str) -> Option<&'static Outcome> {
    let bare = outcome.strip_prefix("mean(").and_then(|rest| rest.strip_suffix(')')).unwrap_or(outcome);
    OUTCOMES.iter().find(|declared| declared.name == bare)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::chart::{Axis, Mark, Row};
    use crate::output::column::{Column, Kind};
    use crate::output::comparison::tests::with_compared;
    use crate::output::kept::About;
    use crate::output::manifest::Manifest;
    use crate::output::tests::with_report;

    /// A result of a kind with these tables.
    fn kept(kind: &str, sheets: Vec<Sheet>) -> Kept {
        let mut about = None;
        with_report(10, |report| about = Some(About::of_run(&Manifest::new(report, Vec::new()))));
        Kept { about: About { kind: kind.to_string(), ..about.unwrap() }, sheets, rows: Vec::new(), given: Vec::new() }
    }

    /// What holds of every picture.
    fn check(charts: &[Chart]) {
        for (k, chart) in charts.iter().enumerate() {
            let Chart { name, title, told, table, .. } = chart;
            assert!(
                name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_'),
                "{name}"
            );
            assert!(charts[..k].iter().all(|other| other.name != *name), "{name} twice");
            assert!(!title.is_empty() && !title.ends_with('.') && told.ends_with('.'), "{title}: {told}");
            assert!(!told.contains("NaN") && !told.contains("unknown"), "{name}: {told}");
            assert!(!table.rows.is_empty() && table.columns.len() > 1, "{name}");
            assert!(table.columns.iter().all(|column| !column.meaning.is_empty()), "{name}");
        }
    }

    fn names(charts: &[Chart]) -> Vec<&str> {
        charts.iter().map(|chart| chart.name.as_str()).collect()
    }

    /// Without any one of its tables, or any one of their columns, a result has fewer pictures and no fault.
    fn lacks_without_fault(whole: &Kept) {
        let all = charts(whole).len();
        for (k, sheet) in whole.sheets.iter().enumerate() {
            let mut less = whole.clone();
            less.sheets.remove(k);
            assert!(charts(&less).len() <= all, "{}", sheet.name);
            for column in 0..sheet.columns.len() {
                let mut less = whole.clone();
                less.sheets[k].columns.remove(column);
                less.sheets[k].rows.iter_mut().for_each(|row| _ = row.remove(column));
                assert!(charts(&less).len() <= all, "{} {}", sheet.name, sheet.columns[column].name);
            }
            let mut less = whole.clone();
            less.sheets[k].rows.clear();
            assert!(charts(&less).len() <= all, "{}", sheet.name);
        }
    }

    #[test]
    fn a_run_is_drawn_from_survival_to_its_distributions() {
        with_report(300, |report| {
            let kept = report.kept("");
            let charts = charts(&kept);
            check(&charts);
            let expected = [
                "survival",
                "distribution_premium",
                "gains",
                "causes",
                "monthly_premium",
                "monthly_need_met",
                "monthly_trust",
                "monthly_morale",
                "monthly_partners",
                "distribution_net_value",
                "distribution_need_met",
            ];
            assert_eq!(names(&charts)[..], expected);
            // The months of fake figures go on beyond their horizon.
            assert_eq!(
                charts[0].told,
                "Still together after 149 months in 1 of 100 replications (0–5). Half have ended by month 78."
            );
            let Drawing::Histogram { bins, .. } = &charts[1].drawing else { panic!("a histogram") };
            assert!((bins.iter().map(|bin| bin.height).sum::<f64>() - 1.0).abs() < 1e-12);
            assert!(bins.windows(2).all(|pair| pair[0].to == pair[1].from));
            let Drawing::Lines { lines, .. } = &charts[0].drawing else { panic!("lines") };
            assert!(lines[0].is_step && lines[0].points.len() == charts[0].table.rows.len());
            lacks_without_fault(&kept);
        });
    }

    #[test]
    fn a_run_of_one_replication_is_drawn_as_far_as_it_goes() {
        with_report(1, |report| check(&charts(&report.kept(""))));
    }

    #[test]
    fn what_a_run_leans_on_is_told_with_the_evidence() {
        let columns =
            ["outcome", "title", "input", "value", "grade", "source"].map(|name| Column::text(name, "Words."));
        let numbers = ["rank_correlation", "low", "high", "share_of_variance", "share_of_all_inputs"];
        let columns = columns.into_iter().chain(numbers.map(|name| Column::number(name, "A number.", "share")));
        let mut sheet = Sheet::new("influence", "Influence", columns.collect());
        for (input, grade, correlation) in [("effect", "assumption", -0.8), ("trust", "given", 0.02)] {
            let words = ["premium_thousand_pounds", "Premium over working alone", input, "0 to 1", grade, "ours"];
            let numbers = [correlation, correlation - 0.05, correlation + 0.05, correlation * correlation, 0.7];
            sheet.push(words.map(Value::from).into_iter().chain(numbers.map(Value::from)).collect());
        }
        let found = charts(&kept("run", vec![sheet]));
        check(&found);
        assert!(found[0].told.starts_with("This conclusion leans on effect (64 %; assumption): "), "{}", found[0].told);
        assert!(found[0].told.contains("All uncertain inputs together account for 70 %"), "{}", found[0].told);
        let Drawing::Rows { x, mark, rows, .. } = &found[0].drawing else { panic!("rows") };
        assert_eq!(
            (x, mark),
            (&Axis::plain("Rank correlation: 1 rises with it, -1 falls with it, 0 neither"), &Mark::Bar)
        );
        let first = Row { note: "assumption".to_string(), ..Row::new("effect", -0.8, [-0.8 - 0.05, -0.8 + 0.05]) };
        assert_eq!(rows[0], first);
    }

    #[test]
    fn a_comparison_is_drawn_with_the_better_to_the_right() {
        with_compared(|compared| {
            let kept = kept("comparison", crate::output::comparison::sheets::sheets(compared));
            let charts = charts(&kept);
            check(&charts);
            assert_eq!(names(&charts)[..2], ["differences", "survival"]);
            let Drawing::Rows { rows, .. } = &charts[0].drawing else { panic!("rows") };
            let row = |title: &str| rows.iter().find(|row| row.name == title).unwrap();
            assert!(row("Premium over working alone").low > 0.0, "it is better");
            let cost = row("Cost of coordination");
            assert!(cost.value < 0.0 && cost.low < cost.value && cost.value < cost.high, "more of it is worse");
            assert!(cost.note.ends_with(", worse"), "{}", cost.note);
            assert!(charts[0].told.contains("There is no clear difference in trust"), "{}", charts[0].told);
            lacks_without_fault(&kept);
        });
    }

    /// A table of words and numbers as CSV has them.
    fn sheet(name: &str, text: &str) -> Sheet {
        let header = text.lines().next().unwrap();
        let first: Vec<&str> = text.lines().nth(1).unwrap().split(',').collect();
        let kind = |cell: &str| if cell.is_empty() || cell.parse::<f64>().is_ok() { Kind::Number } else { Kind::Text };
        let column = |(name, cell): (&str, &str)| Column { kind: kind(cell), ..Column::text(name, "What it means.") };
        let columns = header.split(',').zip(first).map(column).collect();
        Sheet::read_csv(name, "A table", columns, text.as_bytes()).unwrap()
    }

    #[test]
    fn a_threshold_is_drawn_with_what_is_asked_for_and_where_it_begins_to_hold() {
        let curve =
            "parameter,value,estimate,low,high,fitted\nquality,0.2,0.3,0.24,0.36,0.3\nquality,0.8,0.9,0.85,0.94,0.9\n";
        let found =
            "parameter,condition,method,holds,value,low,high\nquality,mean(alive) >= 0.7,monotone,from,0.6,0.5,0.7\n";
        let kept = kept("threshold", vec![sheet("curve", curve), sheet("threshold", found)]);
        let charts = charts(&kept);
        check(&charts);
        assert_eq!(
            charts[0].told,
            "mean(alive) >= 0.7 holds from quality = 0.60 (0.50 to 0.70). Over the values looked at, alive at the horizon goes from 30 % (24 % to 36 %) to 90 % (85 % to 94 %)."
        );
        let Drawing::Lines { lines, rules, .. } = &charts[0].drawing else { panic!("lines") };
        assert_eq!(lines[2].points, [[0.2, 0.7], [0.8, 0.7]]);
        assert_eq!(rules[0].at, 0.6);
        lacks_without_fault(&kept);
    }

    #[test]
    fn an_experiment_is_drawn_by_its_policies_sensitivity_and_variance() {
        let sensitivity = "outcome,method,index,meaning,place,input,with,estimate,low,high,is_clear\n\
            premium,rank,spearman,m,2,trust,,0.1,-0.1,0.3,no\npremium,rank,spearman,m,1,effect,,0.9,0.8,0.95,yes\n";
        let mut sensitivity = sheet("sensitivity", sensitivity);
        let with = sensitivity.column("with").unwrap();
        sensitivity.columns[with].kind = Kind::Text;
        sensitivity.rows.iter_mut().for_each(|row| row[with] = "".into());
        let variance = "outcome,part,share,low,high\npremium,luck,0.4,0.3,0.5\npremium,what is not known,0.6,0.5,0.7\n";
        let points = "point,policy,trust,effect,premium,premium_se,n\n1,a,0.1,0.2,5,1,9\n2,b,0.3,0.9,15,1,9\n";
        let factors = "factor,path\ntrust,trust.initial\neffect,delivery.effectiveness\n";
        let policies = "policy,outcome,unit,worlds,mean,difference,difference_low,difference_high,greater_share\n\
            a,premium,thousand pounds,9,5,0,0,0,0\nb,premium,thousand pounds,9,15,10,8,12,1\n";
        let kept = kept(
            "experiment",
            vec![
                sheet("points", points),
                sheet("factors", factors),
                sheet("policies", policies),
                sensitivity,
                sheet("variance", variance),
            ],
        );
        let charts = charts(&kept);
        check(&charts);
        assert_eq!(names(&charts), ["policies_premium", "sensitivity_rank_premium", "variance", "response_premium"]);
        let Drawing::Rows { rows, .. } = &charts[1].drawing else { panic!("rows") };
        assert_eq!(rows.iter().map(|row| row.name.as_str()).collect::<Vec<_>>(), ["effect", "trust"]);
        let Drawing::Dots { x, dots, kinds, .. } = &charts[3].drawing else { panic!("dots") };
        assert_eq!((x.title.as_str(), dots[1].x, dots[1].kind, kinds.len()), ("Effect", 0.9, 1, 2));
        lacks_without_fault(&kept);
    }

    #[test]
    fn a_discovery_a_search_and_a_calibration_are_drawn_from_their_tables() {
        let boxes = "box,stands_out,restrictions,worlds,cases,density,density_low,density_high,coverage\n\
            1,yes,effect is at most 0.4,50,40,0.8,0.67,0.89,0.9\n2,no,elsewhere,50,5,0.1,0.04,0.2,0.1\n";
        let tree = "node,depth,is_leaf,where,worlds,cases,share,share_low,share_high,coverage\n\
            0,0,no,anywhere,100,45,0.45,0.36,0.55,1\n1,1,yes,effect is at most 0.4,50,40,0.8,0.67,0.89,0.9\n\
            2,1,yes,effect is above 0.4,50,5,0.1,0.04,0.2,0.1\n";
        let front = "candidate,cost,mean(premium),mean(premium)_se,mean(alive),mean(alive)_se,unbeaten_afresh\n\
            base,,100,5,0.5,0.1,\n1,9,200,5,0.4,0.1,yes\n2,3,50,5,0.7,0.1,no\n";
        let mut front = sheet("front", &front.replace("base,,", "base,0,").replace("0.1,\n", "0.1,-\n"));
        front.name = "front".to_string();
        let posterior = "parameter,unit,prior_q025,prior_q975,q025,median,q975,variance_removed,data_say\n\
            effect,ratio,0,2,0.5,1,1.5,0.4,a little\n";
        let tables = vec![sheet("boxes", boxes), sheet("tree", tree), front, sheet("prior_posterior", posterior)];
        let kept = kept("discovery", tables);
        let charts = charts(&kept);
        check(&charts);
        assert_eq!(names(&charts), ["posterior", "front", "boxes", "tree"]);
        let Drawing::Rows { rows, .. } = &charts[0].drawing else { panic!("rows") };
        assert_eq!([rows[0].low, rows[0].value, rows[0].high], [0.25, 0.5, 0.75]);
        let Drawing::Dots { dots, .. } = &charts[1].drawing else { panic!("dots") };
        assert_eq!(dots.iter().map(|dot| dot.kind).collect::<Vec<_>>(), [2, 0, 1]);
        assert!(
            charts[2]
                .told
                .starts_with("In all worlds it happens in 45 %. It happens where effect is at most 0.4, in 80 %")
        );
        lacks_without_fault(&kept);
    }

    #[test]
    fn worlds_are_drawn_within_their_boxes_by_what_is_restricted_and_divided_by() {
        let worlds =
            sheet("worlds", "world,effect,partner.council.guilt,happens\n0,0.1,0.3,yes\n1,0.9,0.2,no\n2,0.2,0.8,yes\n");
        let restrictions = sheet("restrictions", "box,input,low,high\n1,effect,,0.4\n");
        let tree = sheet("tree", "node,divided_by\n0,partner.council.guilt\n");
        let whole = kept("discovery", vec![worlds, restrictions, tree]);
        let charts = charts(&whole);
        check(&charts);
        let [Chart { told, drawing: Drawing::Dots { x, y, dots, boxes, .. }, .. }] = &charts[..] else {
            panic!("{charts:?}")
        };
        assert_eq!([x, y].map(|axis| axis.title.as_str()), ["Effect", "Guilt of council"]);
        assert_eq!(dots.iter().map(|dot| dot.kind).collect::<Vec<_>>(), [0, 1, 0]);
        assert_eq!((boxes[0].x, boxes[0].y), ([f64::NEG_INFINITY, 0.4], [f64::NEG_INFINITY, f64::INFINITY]));
        assert!(told.starts_with("3 worlds, in 2 of which it happens, by effect and guilt of council;"), "{told}");
        lacks_without_fault(&whole);
    }

    #[test]
    fn pictures_of_one_name_are_told_apart() {
        let paired = "setup,against,outcome,title,unit,better,replications,mean,mean_against,difference,low,high,p_holm,verdict\n\
            A b,base,premium,Premium,thousand pounds,higher,9,3,1,2,1,3,0.01,better\n\
            a-b,base,premium,Premium,thousand pounds,higher,9,4,1,3,2,4,0.01,better\n";
        let setups = "setup,outcome,sd\nbase,premium,2\n";
        let charts = charts(&kept("comparison", vec![sheet("paired", paired), sheet("setups", setups)]));
        check(&charts);
        assert_eq!(names(&charts)[..2], ["differences_a_b", "differences_a_b_2"]);
    }
}
