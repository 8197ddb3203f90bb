//! Finds which units of two documents are the same one: by exact text, then by order-keeping similarity, then what was
//! moved.

use std::collections::HashMap;
use std::hash::Hash;
use std::ops::Range;

use similar::{Algorithm, DiffTag, capture_diff_slices};

use crate::base::digest::Digest;
use crate::document::blocks::Kind;
use crate::document::units::{Unit, class};

/// From this on two units are taken for wordings of one.
const LIKE: f64 = 0.5;

/// From this on a unit between the same neighbours is taken for the same one, reworded.
const LIKE_IN_PLACE: f64 = 0.3;

/// From this on a unit elsewhere is taken for the same one, reworded on its way.
const LIKE_ELSEWHERE: f64 = 0.65;

/// The most pairs that are compared word by word; beyond, only exact text counts.
const MOST_PAIRS: usize = 60_000;

/// For each unit of `old`, the place of its counterpart in `new`; no counterpart is given twice.
pub fn align(old: &[Unit], new: &[Unit]) -> Vec<Option<usize>> {
    let mut aligner = Aligner { old, new, to_new: vec![None; old.len()], is_taken: vec![false; new.len()] };
    let anchors = aligner.anchors();
    let mut at = (0, 0);
    for (old_at, new_at) in anchors.into_iter().chain([(old.len(), new.len())]) {
        aligner.region(at.0..old_at, at.1..new_at);
        at = (old_at + 1, new_at + 1);
    }
    aligner.moved_exactly();
    aligner.in_place();
    aligner.moved_reworded();
    aligner.to_new
}

/// Which of the units with a counterpart were moved: those outside the longest run that keeps its order.
pub fn moved(to_new: &[Option<usize>]) -> Vec<bool> {
    let pairs: Vec<(usize, usize)> = to_new.iter().enumerate().filter_map(|(old, new)| Some((old, (*new)?))).collect();
    let mut is_moved: Vec<bool> = to_new.iter().map(Option::is_some).collect();
    for (old, _) in longest_rising(&pairs) {
        is_moved[old] = false;
    }
    is_moved
}

/// How alike two units are, from 0 to 1. A placeholder in one of them stands for any words in the other.
pub fn likeness(old: &Unit, new: &Unit) -> f64 {
    if class(old.kind) != class(new.kind) {
        return 0.0;
    }
    if old.key == new.key {
        return 1.0;
    }
    if old.kind == Kind::FrontMatter {
        // Fields are known by their names.
        let name = |unit: &Unit| unit.words.first().map(|word| word.key);
        return if name(old) == name(new) { LIKE_ELSEWHERE } else { 0.0 };
    }
    let common = common(&old.bag, &new.bag) as f64;
    let (olds, news) = (old.bag.len() as f64, new.bag.len() as f64);
    match (old.blanks.is_empty(), new.blanks.is_empty()) {
        // An empty row, or a block that is nothing but a placeholder, is filled with anything.
        (true, _) if old.bag.is_empty() => {
            if old.is_row() {
                LIKE
            } else {
                0.0
            }
        }
        (false, true) => {
            if old.bag.is_empty() {
                LIKE
            } else {
                common / olds
            }
        }
        (true, false) => {
            if new.bag.is_empty() {
                LIKE
            } else {
                common / news
            }
        }
        (true, true) => common / (olds + news) + 0.5 * common / olds,
        (false, false) => {
            let common = common + self::common(&old.blanks, &new.blanks) as f64;
            2.0 * common / (olds + news + (old.blanks.len() + new.blanks.len()) as f64)
        }
    }
}

/// The longest run of pairs whose second places rise; the first places rise already.
fn longest_rising(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut ends: Vec<usize> = Vec::new();
    let mut before = vec![None; pairs.len()];
    for (index, (_, new)) in pairs.iter().enumerate() {
        let length = ends.partition_point(|end| pairs[*end].1 < *new);
        before[index] = length.checked_sub(1).map(|shorter| ends[shorter]);
        ends.truncate(ends.len().max(length));
        match ends.get_mut(length) {
            Some(end) => *end = index,
            None => ends.push(index),
        }
    }
    let mut run: Vec<(usize, usize)> =
        std::iter::successors(ends.last().copied(), |index| before[*index]).map(|index| pairs[index]).collect();
    run.reverse();
    run
}

struct Aligner<'a> {
    old: &'a [Unit],
    new: &'a [Unit],
    to_new: Vec<Option<usize>>,
    is_taken: Vec<bool>,
}

impl Aligner<'_> {
    fn pair(&mut self, old: usize, new: usize) {
        self.to_new[old] = Some(new);
        self.is_taken[new] = true;
    }

    /// Pairs the units whose text stands once in either document, and gives those that keep their order.
    fn anchors(&mut self) -> Vec<(usize, usize)> {
        let olds = only_ones(self.old.iter().map(|unit| unit.key));
        let news = only_ones(self.new.iter().map(|unit| unit.key));
        let mut pairs = Vec::new();
        for (index, unit) in self.old.iter().enumerate() {
            let has_words = !unit.bag.is_empty() || unit.words.len() > 2;
            if let (Some(_), Some(new)) = (olds.get(&unit.key).filter(|_| has_words), news.get(&unit.key)) {
                pairs.push((index, *new));
            }
        }
        for (old, new) in &pairs {
            self.pair(*old, *new);
        }
        longest_rising(&pairs)
    }

    /// Pairs units between two anchors so that the order is kept and the sum of likenesses is greatest.
    fn region(&mut self, olds: Range<usize>, news: Range<usize>) {
        let olds: Vec<usize> = olds.filter(|old| self.to_new[*old].is_none()).collect();
        let news: Vec<usize> = news.filter(|new| !self.is_taken[*new]).collect();
        if olds.is_empty() || news.is_empty() {
            return;
        }
        let pairs = match olds.len().saturating_mul(news.len()) <= MOST_PAIRS {
            true => self.best(&olds, &news),
            false => self.exact(&olds, &news),
        };
        for (old, new) in pairs {
            self.pair(old, new);
        }
    }

    fn exact(&self, olds: &[usize], news: &[usize]) -> Vec<(usize, usize)> {
        let keys =
            |units: &[Unit], places: &[usize]| -> Vec<Digest> { places.iter().map(|at| units[*at].key).collect() };
        let runs = capture_diff_slices(Algorithm::Myers, &keys(self.old, olds), &keys(self.new, news));
        let equal = runs.into_iter().filter(|run| run.tag() == DiffTag::Equal);
        equal.flat_map(|run| run.old_range().zip(run.new_range())).map(|(old, new)| (olds[old], news[new])).collect()
    }

    fn best(&self, olds: &[usize], news: &[usize]) -> Vec<(usize, usize)> {
        let width = news.len() + 1;
        let mut best = vec![0.0_f64; (olds.len() + 1) * width];
        let mut scores = vec![0.0_f64; olds.len() * news.len()];
        for old in (0..olds.len()).rev() {
            for new in (0..news.len()).rev() {
                let score = self.score(olds[old], news[new]);
                scores[old * news.len() + new] = score;
                let skip = best[(old + 1) * width + new].max(best[old * width + new + 1]);
                let pair = if score > 0.0 { best[(old + 1) * width + new + 1] + score } else { 0.0 };
                best[old * width + new] = skip.max(pair);
            }
        }
        let mut pairs = Vec::new();
        let (mut old, mut new) = (0, 0);
        while old < olds.len() && new < news.len() {
            let here = best[old * width + new];
            let score = scores[old * news.len() + new];
            // The same sum was added above, so the comparison is exact.
            if score > 0.0 && best[(old + 1) * width + new + 1] + score >= here {
                pairs.push((olds[old], news[new]));
                (old, new) = (old + 1, new + 1);
            } else if best[(old + 1) * width + new] >= here {
                old += 1;
            } else {
                new += 1;
            }
        }
        pairs
    }

    /// What a pair is worth: exact text more than any rewording, and nothing below the threshold.
    fn score(&self, old: usize, new: usize) -> f64 {
        let (old, new) = (&self.old[old], &self.new[new]);
        let likeness = likeness(old, new);
        match old.key == new.key {
            true if old.bag.is_empty() => 1.2,
            true => 2.0,
            false if likeness >= LIKE => likeness,
            false => 0.0,
        }
    }

    /// Pairs what is left and equal, in the order it stands in.
    fn moved_exactly(&mut self) {
        let mut places: HashMap<Digest, Vec<usize>> = HashMap::new();
        for new in (0..self.new.len()).rev().filter(|new| !self.is_taken[*new]) {
            places.entry(self.new[new].key).or_default().push(new);
        }
        for old in 0..self.old.len() {
            if self.to_new[old].is_some() || self.old[old].bag.is_empty() {
                continue;
            }
            if let Some(new) = places.get_mut(&self.old[old].key).and_then(Vec::pop) {
                self.pair(old, new);
            }
        }
    }

    /// Pairs what is left between the same neighbours, one for one.
    fn in_place(&mut self) {
        let mut start = 0;
        while start < self.old.len() {
            let run = self.to_new[start..].iter().take_while(|place| place.is_none()).count();
            let end = start + run;
            let before = start.checked_sub(1).map_or(Some(0), |before| self.to_new[before].map(|new| new + 1));
            let after = if end < self.old.len() { self.to_new[end] } else { Some(self.new.len()) };
            if let (Some(first), Some(last)) = (before, after)
                && last.checked_sub(first) == Some(run)
                && !self.is_taken[first..last].contains(&true)
            {
                for offset in 0..run {
                    let (old, new) = (&self.old[start + offset], &self.new[first + offset]);
                    if old.kind != Kind::Code && likeness(old, new) >= LIKE_IN_PLACE {
                        self.pair(start + offset, first + offset);
                    }
                }
            }
            start = end + 1;
        }
    }

    /// Pairs what is left and much alike.
    fn moved_reworded(&mut self) {
        let olds: Vec<usize> = (0..self.old.len()).filter(|old| self.to_new[*old].is_none()).collect();
        let news: Vec<usize> = (0..self.new.len()).filter(|new| !self.is_taken[*new]).collect();
        if olds.len().saturating_mul(news.len()) > MOST_PAIRS {
            return;
        }
        let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
        let is_telling =
            |unit: &Unit| unit.kind == Kind::FrontMatter || (unit.bag.len() >= 4 && unit.kind != Kind::Code);
        for old in olds.into_iter().filter(|old| is_telling(&self.old[*old])) {
            let likenesses = news.iter().map(|new| (likeness(&self.old[old], &self.new[*new]), old, *new));
            pairs.extend(likenesses.filter(|(likeness, _, _)| *likeness >= LIKE_ELSEWHERE));
        }
        pairs.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)).then(one.2.cmp(&other.2)));
        for (_, old, new) in pairs {
            if self.to_new[old].is_none() && !self.is_taken[new] {
                self.pair(old, new);
            }
        }
    }
}

/// The number of words that two sorted lists share.
fn common(one: &[Digest], other: &[Digest]) -> usize {
    let (mut left, mut right, mut count) = (0, 0, 0);
    while left < one.len() && right < other.len() {
        match one[left].cmp(&other[right]) {
            std::cmp::Ordering::Less => left += 1,
            std::cmp::Ordering::Greater => right += 1,
            std::cmp::Ordering::Equal => (left, right, count) = (left + 1, right + 1, count + 1),
        }
    }
    count
}

/// The values that occur once, with their places.
fn only_ones<T: Hash + Eq>(values: impl Iterator<Item = T>) -> HashMap<T, usize> {
    let mut places: HashMap<T, Option<usize>> = HashMap::new();
    for (index, value) in values.enumerate() {
        places.entry(value).and_modify(|place| *place = None).or_insert(Some(index));
    }
    places.into_iter().filter_map(|(value, place)| Some((value, place?))).collect()
}
