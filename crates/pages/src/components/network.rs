//! A network as a picture: reports in the order of their days on the left, what they share on the
//! right, a line for each mention. The same stands in a table beside it.

use askama::Template;

use crate::html_safe;

/// Height of one row in the picture's own units.
const ROW: usize = 40;
/// Where the dots of reports and of things stand, from the left.
const LEFT: usize = 210;
const RIGHT: usize = 400;
/// Longer labels are cut; the table has them whole.
const LONGEST: usize = 26;

/// A label of two lines.
#[derive(Clone, Debug, Default)]
pub struct NetworkNode {
    /// The first line.
    pub name: String,
    /// The second line, smaller.
    pub note: String,
    y: usize,
}

impl NetworkNode {
    /// A node with its two lines.
    #[must_use]
    pub fn new(name: impl AsRef<str>, note: impl AsRef<str>) -> Self {
        Self { name: cut(name.as_ref()), note: cut(note.as_ref()), y: 0 }
    }

    fn note_y(&self) -> usize {
        self.y + 16
    }
}

/// A line from a report to a thing, by their places.
#[derive(Clone, Copy, Debug)]
pub struct NetworkLine {
    /// The place of the report.
    pub report: usize,
    /// The place of the thing.
    pub thing: usize,
    /// Whether a person decided it; a suggestion is drawn broken.
    pub decided: bool,
}

#[derive(Clone, Debug)]
struct Drawn {
    path: String,
    decided: bool,
}

/// A network as a picture.
#[derive(Clone, Debug, Template)]
#[template(
    source = r#"<div class="tessera-network" tabindex="0" role="region" aria-label="{{ label }}"><svg viewBox="0 0 720 {{ height }}" role="img" aria-label="{{ summary }}">{% for line in lines %}<path d="{{ line.path }}" fill="none" stroke="currentColor" stroke-opacity="0.55" stroke-width="2"{% if !line.decided %} stroke-dasharray="6 5"{% endif %}/>{% endfor %}{% for node in reports %}<circle cx="210" cy="{{ node.y }}" r="6" fill="currentColor"/><text x="196" y="{{ node.y }}" text-anchor="end" font-size="15" font-weight="700" fill="currentColor">{{ node.name }}</text><text x="196" y="{{ node.note_y() }}" text-anchor="end" font-size="13" fill="currentColor">{{ node.note }}</text>{% endfor %}{% for node in things %}<circle cx="400" cy="{{ node.y }}" r="8" fill="none" stroke="currentColor" stroke-width="3"/><text x="416" y="{{ node.y }}" font-size="15" font-weight="700" fill="currentColor">{{ node.name }}</text><text x="416" y="{{ node.note_y() }}" font-size="13" fill="currentColor">{{ node.note }}</text>{% endfor %}</svg></div>"#,
    ext = "html"
)]
pub struct Network {
    label: String,
    summary: String,
    height: usize,
    reports: Vec<NetworkNode>,
    things: Vec<NetworkNode>,
    lines: Vec<Drawn>,
}

impl Network {
    /// Draws a network. Things are put beside the reports they belong to, so that few lines cross.
    #[must_use]
    pub fn new(
        label: &str,
        summary: &str,
        reports: Vec<NetworkNode>,
        things: Vec<NetworkNode>,
        lines: &[NetworkLine],
    ) -> Self {
        let rows = reports.len().max(things.len()).max(1);
        let height = rows * ROW + ROW / 2;
        let spread = |n: usize, of: usize| (2 * n + 1) * (height - ROW / 2) / (2 * of.max(1)) + 4;
        let count = reports.len();
        let reports: Vec<NetworkNode> = reports
            .into_iter()
            .enumerate()
            .map(|(n, node)| NetworkNode { y: spread(n, count), ..node })
            .collect();
        // A thing stands at the middle of its reports; ties go by the order given.
        let mut order: Vec<(usize, usize)> = (0..things.len())
            .map(|thing| {
                let own: Vec<usize> =
                    lines.iter().filter(|l| l.thing == thing).map(|l| l.report).collect();
                (own.iter().sum::<usize>() * 100 / own.len().max(1), thing)
            })
            .collect();
        order.sort_unstable();
        let mut placed = things;
        let of = placed.len();
        for (n, (_, thing)) in order.iter().enumerate() {
            if let Some(node) = placed.get_mut(*thing) {
                node.y = spread(n, of);
            }
        }
        let mut drawn: Vec<Drawn> = Vec::new();
        for line in lines {
            let (Some(from), Some(to)) = (reports.get(line.report), placed.get(line.thing)) else {
                continue;
            };
            let middle = usize::midpoint(LEFT, RIGHT);
            let path = format!(
                "M{} {} C{middle} {} {middle} {} {} {}",
                LEFT + 6,
                from.y,
                from.y,
                to.y,
                RIGHT - 8,
                to.y
            );
            drawn.push(Drawn { path, decided: line.decided });
        }
        Self {
            label: label.into(),
            summary: summary.into(),
            height,
            reports,
            things: placed,
            lines: drawn,
        }
    }
}

fn cut(text: &str) -> String {
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    let kept: String = text.chars().take(LONGEST - 1).collect();
    format!("{}…", kept.trim_end())
}

html_safe!(Network);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_has_every_node_and_line_and_escapes_words() {
        let picture = Network::new(
            "Picture",
            "Two reports",
            vec![NetworkNode::new("3 May", "School"), NetworkNode::new("9 May", "Housing")],
            vec![NetworkNode::new("<b>Dev</b>", "Person")],
            &[
                NetworkLine { report: 0, thing: 0, decided: true },
                NetworkLine { report: 1, thing: 0, decided: false },
                NetworkLine { report: 7, thing: 0, decided: false },
            ],
        )
        .to_string();
        assert_eq!(picture.matches("<path").count(), 2);
        assert_eq!(picture.matches("stroke-dasharray").count(), 1);
        assert!(picture.contains("3 May") && !picture.contains("<b>"), "{picture}");
    }
}
