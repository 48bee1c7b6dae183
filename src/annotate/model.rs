//! The encoder and its heads: a window in, logits out.

use std::sync::Arc;

use rten::{Model, ModelOptions, NodeId, RunOptions, ThreadPool, Value};
use rten_tensor::NdTensor;
use serde::Deserialize;
use thiserror::Error;

/// `[CLS]` and `[SEP]`, which open and close a window.
const OPEN: i32 = 101;
const CLOSE: i32 = 102;

/// Outputs in the order in which they are asked for.
const OUTPUTS: [&str; 17] = [
    "upos",
    "xpos",
    "lemma",
    "ner",
    "role",
    "mention",
    "arc",
    "rel_dep",
    "rel_head",
    "link",
    "coref",
    "act",
    "status",
    "agent",
    "addressee",
    "matter",
    "source",
];

/// Where the network has the vectors of single pieces, before anything is mixed.
const VECTORS: &str = "/annotator/encoder/embeddings/word_embeddings/Gather_output_0";

/// The annotator's model cannot be used.
#[derive(Debug, Error)]
#[non_exhaustive]
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
    pub act: Vec<&'static str>,
    pub status: Vec<&'static str>,
}

impl Labels {
    pub(super) fn embedded() -> Result<Self, ModelError> {
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

/// Logits of a window of `W` words.
pub(super) struct Logits {
    /// `[W, 17]`
    pub upos: Scores,
    /// `[W, 49]`
    pub xpos: Scores,
    /// `[W, 323]`
    pub lemma: Scores,
    /// `[W, 9]`
    pub ner: Scores,
    /// `[W, 7]`
    pub role: Scores,
    /// `[W, 1]`, above 0 for the head of an entity mention.
    pub mention: Scores,
    /// `[W, W + 1]`: score of head `j - 1` for word `i`, of ROOT at 0.
    pub arc: Scores,
    /// `[W, 51 * 129]`: one row of 129 for each relation.
    pub rel_dep: Scores,
    /// `[W + 1, 129]`: relation logits are the products of a word's rows and its
    /// head's.
    pub rel_head: Scores,
    /// `[W, W]`: score that the cue of word `i` begins at word `j`.
    pub link: Scores,
    /// `[W, W]`: score that mention head `i` goes back to `j`.
    pub coref: Scores,
    /// What the heads for claims say.
    pub claims: ClaimLogits,
}

/// Logits about the claims of a window of `W` words.
pub(super) struct ClaimLogits {
    /// `[W, 20]`: word `i` is of the trigger of a claim with such an act.
    pub act: Scores,
    /// `[W, 3]`: the status of the claim that word `i` triggers.
    pub status: Scores,
    /// `[W, W]`: word `j` is of the agent of the claim that word `i` triggers; so
    /// the other three.
    pub agent: Scores,
    pub addressee: Scores,
    pub matter: Scores,
    pub source: Scores,
}

/// How the weights are held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Load {
    /// As they multiply fastest.
    Packed,
    /// As they are stored, and packed anew for each sentence.
    AsStored,
}

/// The network, loaded.
pub(super) struct Network {
    model: Model,
    inputs: [NodeId; 4],
    outputs: [NodeId; OUTPUTS.len()],
    vectors: NodeId,
    pool: Arc<ThreadPool>,
}

impl Network {
    /// Loads the embedded network.
    ///
    /// # Errors
    /// When it is broken or has not the inputs and outputs that are needed.
    pub(super) fn embedded(threads: usize, load: Load) -> Result<Self, ModelError> {
        let model = ModelOptions::with_all_ops()
            .prepack_weights(load == Load::Packed)
            .load_static_slice(include_bytes!("../../models/annotator.int8.onnx"))?;
        let node = |name| model.node_id(name).map_err(|source| ModelError::Node { name, source });
        let inputs = [node("ids")?, node("mask")?, node("case")?, node("avg")?];
        let mut outputs = [inputs[0]; OUTPUTS.len()];
        for (output, name) in outputs.iter_mut().zip(OUTPUTS) {
            *output = node(name)?;
        }
        let vectors = node(VECTORS)?;
        let pool = Arc::new(ThreadPool::with_num_threads(threads));
        Ok(Self { model, inputs, outputs, vectors, pool })
    }

    /// Runs `work` on the network's threads, which it then shares with
    /// [`Network::run`].
    pub(super) fn install<R: Send>(&self, work: impl FnOnce() -> R + Send) -> R {
        self.pool.run(work)
    }

    /// The vectors of pieces, a row of 384 each.
    ///
    /// # Panics
    /// When rten fails, which no id of the vocabulary makes it do.
    pub(super) fn vectors(&self, pieces: &[u32]) -> Scores {
        let ids = pieces.iter().map(|&id| i32::try_from(id).expect("the vocabulary is small"));
        let ids: Value = NdTensor::from_data([1, pieces.len()], ids.collect::<Vec<_>>()).into();
        let options = RunOptions::default().with_thread_pool(Some(Arc::clone(&self.pool)));
        let [found] = self
            .model
            .run_n(vec![(self.inputs[0], ids.into())], [self.vectors], Some(options))
            .expect("the embedded network looks up every piece");
        Scores::new(found)
    }

    /// Reads the words of a window.
    ///
    /// Windows go one by one: they are of unlike length, so that a batch is a
    /// fifth slower by what fills it up, and its int8 scales would make a window's
    /// result depend on its neighbours. Parallel calls use all threads.
    ///
    /// # Panics
    /// When rten fails, which no input makes it do: every shape that is built
    /// here fits the network.
    pub(super) fn run(&self, words: &[Spelling]) -> Logits {
        let inputs = self.inputs.into_iter().zip(tensors(words));
        let options = RunOptions::default().with_thread_pool(Some(Arc::clone(&self.pool)));
        let values = self
            .model
            .run_n(
                inputs.map(|(id, value)| (id, value.into())).collect(),
                self.outputs,
                Some(options),
            )
            .expect("the embedded network takes every window");
        #[rustfmt::skip]
        let [
            upos, xpos, lemma, ner, role, mention, arc, rel_dep, rel_head, link, coref,
            act, status, agent, addressee, matter, source,
        ] = values.map(Scores::new);
        let claims = ClaimLogits { act, status, agent, addressee, matter, source };
        #[rustfmt::skip]
        let logits = Logits {
            upos, xpos, lemma, ner, role, mention, arc, rel_dep, rel_head, link, coref, claims,
        };
        logits
    }
}

/// Inputs for a window: ids, mask and case `[1, L]`, averages `[1, W, L]`.
fn tensors(words: &[Spelling]) -> [Value; 4] {
    let length = words.iter().map(|word| word.pieces.len()).sum::<usize>() + 2;
    let mut ids = Vec::with_capacity(length);
    let mut case = Vec::with_capacity(length);
    let mut average = NdTensor::<f32, 3>::zeros([1, words.len(), length]);
    ids.push(OPEN);
    case.push(0);
    for (w, word) in words.iter().enumerate() {
        let share = 1.0 / word.pieces.len() as f32;
        for &piece in word.pieces {
            average[[0, w, ids.len()]] = share;
            ids.push(i32::try_from(piece).expect("the vocabulary is small"));
            case.push(word.case);
        }
    }
    ids.push(CLOSE);
    case.push(0);
    let row = |values: Vec<i32>| NdTensor::from_data([1, length], values).into();
    [row(ids), row(vec![1; length]), row(case), average.into()]
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

/// One output for a window: a matrix, one row a word.
pub(super) struct Scores {
    columns: usize,
    values: Vec<f32>,
}

impl Scores {
    fn new(output: Value) -> Self {
        let ([_, _, columns], values) =
            output.into_shape_vec().expect("outputs have three dimensions");
        Self { columns, values }
    }

    /// Scores as a test wants them.
    #[cfg(test)]
    pub(crate) fn of(columns: usize, values: Vec<f32>) -> Self {
        Self { columns, values }
    }

    /// The scores of one word.
    pub(super) fn row(&self, row: usize) -> &[f32] {
        &self.values[row * self.columns..(row + 1) * self.columns]
    }

    /// The scores of all words.
    pub(super) fn rows(&self) -> Vec<&[f32]> {
        self.values.chunks_exact(self.columns).collect()
    }

    /// The class with the greatest score for every word.
    pub(super) fn best(&self) -> Vec<usize> {
        self.rows().into_iter().map(|row| greatest(row.iter().copied())).collect()
    }

    /// One score.
    pub(super) fn get(&self, row: usize, column: usize) -> f32 {
        self.row(row)[column]
    }
}
