use super::canvas::{Canvas, MARGIN, SIZE, SMALL};
use super::drawing::{Drawing, Line};
use super::svg::{coordinate as xy, width};

/// Least distance of lines at a shape's side.
const STEP: f64 = 14.0;
/// Distance of shapes in a column.
const APART: f64 = 14.0;
/// Space between two columns for the lines beside their labels, and between more.
const GAP: [f64; 2] = [270.0, 150.0];

struct Place {
    x: f64,
    y: f64,
    wide: f64,
    high: f64,
}

/// Shapes in columns, ordered so that few lines cross, lines as curves between
/// them, each with its own place at the shapes' sides.
pub(super) fn place(drawing: &Drawing, canvas: &mut Canvas) {
    let touching = touching(drawing);
    let columns = order(drawing, &touching);
    let room = room(drawing, columns.len());
    let top = canvas.bottom + if drawing.headings.is_empty() { 14.0 } else { 44.0 };
    let (places, columns_x) = set(drawing, &touching, &columns, &room, top);
    for (heading, (x, wide)) in drawing.headings.iter().zip(&columns_x) {
        let x = x + (wide - width(heading, SIZE)) / 2.0;
        canvas.words(x, top - 18.0, heading, SIZE, "#56606d", "bold");
    }
    for (line, ends) in drawing.lines.iter().zip(ends(drawing, &touching, &places)) {
        let between = [&places[line.from], &places[line.to]];
        curve(canvas, line, between, ends, room[gap_of(drawing, line)]);
    }
    for (shape, place) in drawing.shapes.iter().zip(&places) {
        canvas.shape(shape, place.x, place.y, place.wide, place.high);
    }
}

/// The column at the left of a line.
fn gap_of(drawing: &Drawing, line: &Line) -> usize {
    drawing.shapes[line.from].column.min(drawing.shapes[line.to].column)
}

/// Room for words at the starts and at the ends of the lines after each column.
fn room(drawing: &Drawing, columns: usize) -> Vec<(f64, f64)> {
    let mut room = vec![(0.0_f64, 0.0_f64); columns];
    for line in &drawing.lines {
        let (starts, ends) = &mut room[gap_of(drawing, line)];
        *starts = starts.max(width(&line.label, SMALL));
        *ends = ends.max(width(&line.end_label, SMALL));
    }
    room
}

/// Where each shape stands, and the left side and width of each column.
fn set(
    drawing: &Drawing,
    touching: &[Vec<usize>],
    columns: &[Vec<usize>],
    room: &[(f64, f64)],
    top: f64,
) -> (Vec<Place>, Vec<(f64, f64)>) {
    let least = GAP[usize::from(columns.len() > 2)];
    let mut places: Vec<Place> = Vec::new();
    places.resize_with(drawing.shapes.len(), || Place { x: 0.0, y: 0.0, wide: 0.0, high: 0.0 });
    let mut x = MARGIN;
    let mut columns_x = Vec::new();
    let high_of = |at: usize, wide: f64| {
        let beside = |right| at_side(drawing, &touching[at], at, right).len();
        let lines = beside(true).max(beside(false)) as f64;
        Canvas::height(&drawing.shapes[at], wide).max(lines * STEP + 10.0)
    };
    let wides: Vec<f64> = columns
        .iter()
        .map(|column| {
            if column.iter().any(|&at| drawing.shapes[at].label.len() > 34) { 300.0 } else { 220.0 }
        })
        .collect();
    let tall = |column: &Vec<usize>, wide: f64| {
        column.iter().map(|&at| high_of(at, wide) + APART).sum::<f64>() - APART
    };
    let tallest = columns.iter().zip(&wides).map(|(c, w)| tall(c, *w)).fold(0.0, f64::max);
    for ((column, &wide), (starts, ends)) in columns.iter().zip(&wides).zip(room) {
        columns_x.push((x, wide));
        // A shorter column is spread over the height of the tallest, but not too far.
        let free = tallest - tall(column, wide);
        let apart = APART + (free / (column.len() + 1) as f64).min(46.0);
        let used = tall(column, wide) + (apart - APART) * (column.len().max(1) - 1) as f64;
        let mut y = top + (tallest - used) / 2.0;
        for &at in column {
            let high = high_of(at, wide);
            places[at] = Place { x, y, wide, high };
            y += high + apart;
        }
        x += wide + least + starts + ends;
    }
    (places, columns_x)
}

/// Draws a line between two places, from `y1` to `y2`; `labelled` and `named` is the room for
/// words at its start and at its end.
fn curve(
    canvas: &mut Canvas,
    line: &Line,
    [from, to]: [&Place; 2],
    (y1, y2): (f64, f64),
    (labelled, named): (f64, f64),
) {
    // Most lines lead to the right; `way` turns the others round.
    let way = if from.x <= to.x { 1.0 } else { -1.0 };
    let x1 = if way > 0.0 { from.x + from.wide } else { from.x };
    let x2 = if way > 0.0 { to.x - 2.0 } else { to.x + to.wide + 2.0 };
    let words = if line.label.is_empty() { 0.0 } else { width(&line.label, SMALL) * 0.94 + 8.0 };
    let curved = x1 + way * (labelled + 14.0);
    let straight = x2 - way * (named + 24.0);
    let name = width(&line.end_label, SMALL) * 0.94;
    let stop = x2 - way * (if name > 0.0 { name + 22.0 } else { 16.0 });
    let bend = (straight - curved) * 0.5;
    let path = format!(
        "M{} {y}h{}M{} {y}H{}C{} {y} {} {end} {} {end}H{}M{} {end}H{}",
        xy(x1),
        xy(way * 3.0),
        xy(x1 + way * (words + 2.0)),
        xy(curved),
        xy(curved + bend),
        xy(straight - bend),
        xy(straight),
        xy(stop),
        xy(x2 - way * 16.0),
        xy(x2),
        y = xy(y1),
        end = xy(y2),
    );
    canvas.line(&path, line.style, line.claims, &line.tooltip);
    if !line.label.is_empty() {
        let anchor = if way > 0.0 { "start" } else { "end" };
        canvas.label(x1 + way * 6.0, y1 + 3.5, &line.label, line.style.colour, anchor);
    }
    if !line.end_label.is_empty() {
        let anchor = if way > 0.0 { "end" } else { "start" };
        let x = x2 - way * 19.0;
        canvas.label(x, y2 + 3.5, &line.end_label, line.style.colour, anchor);
    }
}

/// Where each line starts and ends: at a shape's side, in the order of the other
/// ends, so that lines of one shape do not cross.
fn ends(drawing: &Drawing, touching: &[Vec<usize>], places: &[Place]) -> Vec<(f64, f64)> {
    let middle = |at: usize| places[at].y + places[at].high / 2.0;
    let mut ends = vec![(0.0, 0.0); drawing.lines.len()];
    for (at, place) in places.iter().enumerate() {
        for right in [true, false] {
            let mut lines = at_side(drawing, &touching[at], at, right);
            lines.sort_by(|a, b| middle(a.1).total_cmp(&middle(b.1)).then_with(|| a.cmp(b)));
            let step = (place.high - 10.0) / lines.len().max(1) as f64;
            let step = step.min(STEP + 4.0);
            let first = middle(at) - step * (lines.len().max(1) - 1) as f64 / 2.0;
            for (n, (line, _)) in lines.into_iter().enumerate() {
                let y = first + step * n as f64;
                if drawing.lines[line].from == at {
                    ends[line].0 = y;
                } else {
                    ends[line].1 = y;
                }
            }
        }
    }
    ends
}

/// The lines at one side of a shape, and the shapes at their other ends.
fn at_side(drawing: &Drawing, touching: &[usize], at: usize, right: bool) -> Vec<(usize, usize)> {
    let here = drawing.shapes[at].column;
    let other = |line: &Line| {
        let end = if line.from == at { line.to } else { line.from };
        let there = drawing.shapes[end].column;
        (if right { there > here } else { there < here }).then_some(end)
    };
    touching.iter().filter_map(|&n| Some((n, other(&drawing.lines[n])?))).collect()
}

/// The lines that begin or end at each shape, in their order.
fn touching(drawing: &Drawing) -> Vec<Vec<usize>> {
    let mut touching = vec![Vec::new(); drawing.shapes.len()];
    for (at, line) in drawing.lines.iter().enumerate() {
        touching[line.from].push(at);
        if line.to != line.from {
            touching[line.to].push(at);
        }
    }
    touching
}

/// The shapes of each column from the top, ordered by the mean place of those that
/// they have lines to (barycentre method, Sugiyama et al. 1981); of all rounds the
/// one with fewest crossings.
fn order(drawing: &Drawing, touching: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let count = drawing.shapes.iter().map(|s| s.column + 1).max().unwrap_or(0);
    let mut columns: Vec<Vec<usize>> = vec![Vec::new(); count];
    for (at, shape) in drawing.shapes.iter().enumerate() {
        columns[shape.column].push(at);
    }
    let mut place = places(drawing, &columns);
    let mut best = (crossings(drawing, &place), columns.clone());
    for round in 0..24 {
        let fixed_left = round % 2 == 0;
        for (at, column) in columns.iter_mut().enumerate() {
            let neighbour = if fixed_left { at.checked_sub(1) } else { Some(at + 1) };
            let Some(other) = neighbour.filter(|&c| c < count) else { continue };
            let mean = |at: usize| {
                let ends = touching[at].iter().map(|&n| {
                    let line = &drawing.lines[n];
                    if line.from == at { line.to } else { line.from }
                });
                let linked = ends.filter(|&end| drawing.shapes[end].column == other);
                let places: Vec<usize> = linked.map(|end| place[end]).collect();
                (!places.is_empty())
                    .then(|| places.iter().sum::<usize>() as f64 / places.len() as f64)
            };
            let mut keyed: Vec<(f64, usize)> = column
                .iter()
                .enumerate()
                .map(|(now, &at)| (mean(at).unwrap_or(now as f64), at))
                .collect();
            keyed.sort_by(|a, b| a.0.total_cmp(&b.0));
            *column = keyed.into_iter().map(|(_, at)| at).collect();
            for (now, &at) in column.iter().enumerate() {
                place[at] = now;
            }
        }
        let crossed = crossings(drawing, &place);
        if crossed < best.0 {
            best = (crossed, columns.clone());
        }
    }
    best.1
}

/// The place of each shape in its column.
fn places(drawing: &Drawing, columns: &[Vec<usize>]) -> Vec<usize> {
    let mut place = vec![0; drawing.shapes.len()];
    for column in columns {
        for (at, &shape) in column.iter().enumerate() {
            place[shape] = at;
        }
    }
    place
}

/// How many pairs of lines between the same two columns cross.
fn crossings(drawing: &Drawing, place: &[usize]) -> usize {
    let ends = |l: &Line| {
        let turned = drawing.shapes[l.from].column > drawing.shapes[l.to].column;
        let (left, right) = if turned { (l.to, l.from) } else { (l.from, l.to) };
        (drawing.shapes[left].column, place[left], place[right])
    };
    crossed(drawing.lines.iter().map(ends).collect())
}

/// How many pairs of lines, each given by its left column and its places at both sides, cross: the
/// right end of one stands above that of the other, and its left end below. O(n log n).
fn crossed(mut lines: Vec<(usize, usize, usize)>) -> usize {
    lines.sort_unstable();
    let highest = lines.iter().map(|it| it.2 + 1).max().unwrap_or(0);
    let mut crossed = 0;
    for between in lines.chunk_by(|a, b| a.0 == b.0) {
        // How many lines so far end where: sums in a tree (Fenwick 1994).
        let mut sums = vec![0; highest + 1];
        for (so_far, (_, _, right)) in between.iter().enumerate() {
            let (mut at, mut not_below) = (right + 1, 0);
            while at > 0 {
                not_below += sums[at];
                at &= at - 1;
            }
            crossed += so_far - not_below;
            let mut at = right + 1;
            while at <= highest {
                sums[at] += 1;
                at += at & at.wrapping_neg();
            }
        }
    }
    crossed
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn crossings_are_counted_as_pair_by_pair(
            lines in prop::collection::vec((0..3_usize, 0..5_usize, 0..5_usize), 0..40),
        ) {
            let mut pairs = 0;
            for (at, a) in lines.iter().enumerate() {
                for b in &lines[at + 1..] {
                    let other_way = (a.1 < b.1 && a.2 > b.2) || (a.1 > b.1 && a.2 < b.2);
                    pairs += usize::from(a.0 == b.0 && other_way);
                }
            }
            prop_assert_eq!(crossed(lines), pairs);
        }
    }
}
