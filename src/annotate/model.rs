//! The encoder and its heads: batches of windows in, logits out.

use std::sync::Arc;

use rten::{Model, ModelOptions, NodeId, RunOptions, ThreadPool, Value};
use rten_tensor::NdTensor;
use serde::Deserialize;
use thiserror::Error;

/// `[CLS]` and `[SEP]`, which open and close a window.
const OPEN: i32 = 101;
const CLOSE: i32 = 102;

/// Outputs in the order in which they are asked for.
const OUTPUTS: [&str; 11] = [
    "upos", "xpos", "lemma", "ner", "role", "mention", "arc", "rel_dep", "rel_head", "link",
    "coref",
];

/// The annotator's model cannot be used.
#[derive(Debug, Error)]
pub enum ModelError {
    /// The ONNX file is broken or needs operators that rten lacks.
    #[error("the annotator's network cannot be loaded: {0}")]
    Load(#[from] rten::LoadError),
    /// The network lacks an input or output.
    #[error("the annotator's network has no {name:?}: {source}")]
    Node {
        /// Name of the input or output, as `models/README.md` lists them.
        name: &'static str,
        /// What rten says.
        source: rten::RunError,
    },
    /// `labels.json` is broken.
    #[error("the annotator's labels cannot be read: {0}")]
    Labels(#[from] serde_json::Error),
    /// A label is unknown to the program.
    #[error("the annotator's labels do not fit the program: {0}")]
    Label(String),
}

/// Label lists, from `models/labels.json`: the class is the position in the list.
#[derive(Debug, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(super) struct Labels {
    pub upos: Vec<&'static str>,
    pub xpos: Vec<&'static str>,
    pub rel: Vec<&'static str>,
    pub lemma: Vec<String>,
    pub ner: Vec<String>,
    pub role: Vec<String>,
}

impl Labels {
    pub fn embedded() -> Result<Self, ModelError> {
        Ok(serde_json::from_str(include_str!("../../models/labels.json"))?)
    }
}

/// One word of a window as the encoder sees it.
pub(super) struct Spelling<'a> {
    /// Ids of its pieces.
    pub pieces: &'a [u32],
    /// Its letter-case class.
    pub case: i32,
}

/// Logits of a batch. `B` windows, `W` words in the longest of them; rows of
/// missing words hold anything.
pub(super) struct Logits {
    /// `[B, W, 17]`
    pub upos: Scores,
    /// `[B, W, 49]`
    pub xpos: Scores,
    /// `[B, W, 323]`
    pub lemma: Scores,
    /// `[B, W, 9]`
    pub ner: Scores,
    /// `[B, W, 7]`
    pub role: Scores,
    /// `[B, W, 1]`, above 0 for the head of an entity mention.
    pub mention: Scores,
    /// `[B, W, W + 1]`: score of head `j - 1` for word `i`, of ROOT at 0.
    pub arc: Scores,
    /// `[B, W, 51 * 129]`: one row of 129 for each relation.
    pub rel_dep: Scores,
    /// `[B, W + 1, 129]`: relation logits are the products of a word's rows and
    /// its head's.
    pub rel_head: Scores,
    /// `[B, W, W]`: score that the cue of word `i` begins at word `j`.
    pub link: Scores,
    /// `[B, W, W]`: score that mention head `i` goes back to `j`.
    pub coref: Scores,
}

/// The network, loaded.
pub(super) struct Network {
    model: Model,
    inputs: [NodeId; 4],
    outputs: [NodeId; OUTPUTS.len()],
    pool: Arc<ThreadPool>,
}

impl Network {
    /// Loads the embedded network. About 30 ms.
    ///
    /// # Errors
    /// When it is broken or has not the inputs and outputs that are needed.
    pub fn embedded(threads: usize) -> Result<Self, ModelError> {
        let model = ModelOptions::with_all_ops()
            .prepack_weights(true) // a tenth faster for 10 ms of loading
            .load_static_slice(include_bytes!("../../models/annotator.int8.onnx"))?;
        let node = |name| model.node_id(name).map_err(|source| ModelError::Node { name, source });
        let inputs = [node("ids")?, node("mask")?, node("case")?, node("avg")?];
        let mut outputs = [inputs[0]; OUTPUTS.len()];
        for (output, name) in outputs.iter_mut().zip(OUTPUTS) {
            *output = node(name)?;
        }
        let pool = Arc::new(ThreadPool::with_num_threads(threads));
        Ok(Self { model, inputs, outputs, pool })
    }

    /// Runs `work` on the network's threads, which it then shares with
    /// [`Network::run`].
    pub fn install<R: Send>(&self, work: impl FnOnce() -> R + Send) -> R {
        self.pool.run(work)
    }

    /// Reads a batch of windows, each a list of words.
    ///
    /// # Panics
    /// When rten fails, which no input makes it do: every shape that is built
    /// here fits the network.
    pub fn run(&self, windows: &[Vec<Spelling>]) -> Logits {
        let [ids, mask, case, average] = tensors(windows);
        let inputs = self.inputs.into_iter().zip([ids, mask, case, average]);
        let options = RunOptions::default().with_thread_pool(Some(Arc::clone(&self.pool)));
        let values = self
            .model
            .run_n(
                inputs.map(|(id, value)| (id, value.into())).collect(),
                self.outputs,
                Some(options),
            )
            .expect("the embedded network takes every batch");
        let [upos, xpos, lemma, ner, role, mention, arc, rel_dep, rel_head, link, coref] =
            values.map(Scores::new);
        Logits { upos, xpos, lemma, ner, role, mention, arc, rel_dep, rel_head, link, coref }
    }
}

/// Inputs of a batch: ids, mask and case `[B, L]`, averages `[B, W, L]`.
fn tensors(windows: &[Vec<Spelling>]) -> [Value; 4] {
    let pieces = |words: &[Spelling]| words.iter().map(|w| w.pieces.len()).sum::<usize>() + 2;
    let length = windows.iter().map(|words| pieces(words)).max().unwrap_or(2);
    let longest = windows.iter().map(Vec::len).max().unwrap_or(0);
    let mut ids = NdTensor::<i32, 2>::zeros([windows.len(), length]);
    let mut mask = NdTensor::<i32, 2>::zeros([windows.len(), length]);
    let mut case = NdTensor::<i32, 2>::zeros([windows.len(), length]);
    let mut average = NdTensor::<f32, 3>::zeros([windows.len(), longest, length]);
    for (b, words) in windows.iter().enumerate() {
        ids[[b, 0]] = OPEN;
        let mut at = 1;
        for (w, word) in words.iter().enumerate() {
            let share = 1.0 / word.pieces.len() as f32;
            for &piece in word.pieces {
                ids[[b, at]] = i32::try_from(piece).expect("the vocabulary is small");
                case[[b, at]] = word.case;
                average[[b, w, at]] = share;
                at += 1;
            }
        }
        ids[[b, at]] = CLOSE;
        for i in 0..=at {
            mask[[b, i]] = 1;
        }
    }
    [ids.into(), mask.into(), case.into(), average.into()]
}

/// Index of the greatest value, the first of equals.
pub(super) fn greatest(values: impl IntoIterator<Item = f32>) -> usize {
    let mut best = (0, f32::NEG_INFINITY);
    for (i, value) in values.into_iter().enumerate() {
        if value > best.1 {
            best = (i, value);
        }
    }
    best.0
}

/// One output of a batch: a matrix for each window, all of one size.
pub(super) struct Scores {
    rows: usize,
    columns: usize,
    values: Vec<f32>,
}

impl Scores {
    fn new(output: Value) -> Self {
        let ([_, rows, columns], values) =
            output.into_shape_vec().expect("outputs have three dimensions");
        Self { rows, columns, values }
    }

    /// The matrix of window `b` of the batch.
    pub fn window(&self, b: usize) -> Matrix<'_> {
        let size = self.rows * self.columns;
        Matrix { columns: self.columns, values: &self.values[b * size..(b + 1) * size] }
    }
}

/// Scores of the words of a window, one row a word.
#[derive(Debug, Clone, Copy)]
pub(super) struct Matrix<'a> {
    columns: usize,
    values: &'a [f32],
}

impl<'a> Matrix<'a> {
    /// The scores of one word.
    pub fn row(self, row: usize) -> &'a [f32] {
        &self.values[row * self.columns..(row + 1) * self.columns]
    }

    /// The scores of the first `n` words.
    pub fn rows(self, n: usize) -> Vec<&'a [f32]> {
        (0..n).map(|w| self.row(w)).collect()
    }

    /// One score.
    pub fn get(self, row: usize, column: usize) -> f32 {
        self.row(row)[column]
    }
}
