//! The graph that is served now: that of the folder, mended as whoever reviews it has decided.

use std::path::PathBuf;
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::thread;
use std::time::{Duration, Instant};

use super::error::ServeError;
use crate::decisions::{Decision, Kept, LedgerError, kept};
use crate::graph::folder;
use crate::resolve::mended;
use crate::views::Site;

/// How often it is looked whether the folder or the file of decisions holds something else.
const GLANCE: Duration = Duration::from_secs(1);
/// How long decisions must have rested before the workers load the graph anew.
const REST: Duration = Duration::from_secs(2);

/// The graph of a folder, and the same as decided since.
pub(super) struct Current {
    folder: PathBuf,
    layers: Vec<PathBuf>,
    decisions: Option<PathBuf>,
    state: RwLock<State>,
    /// The last glance.
    looking: Mutex<Instant>,
    /// Held by whoever mends the graph.
    mending: Mutex<()>,
}

struct State {
    /// As the folder has it.
    built: Arc<Site>,
    /// As it is served.
    site: Arc<Site>,
    /// What it is mended by.
    decided: Vec<Decision>,
    /// Since when the workers answer over an older graph, if they do.
    stale: Option<Instant>,
}

impl Current {
    pub(super) fn open(
        folder: PathBuf,
        layers: Vec<PathBuf>,
        decisions: Option<PathBuf>,
    ) -> Result<Self, ServeError> {
        let built = Arc::new(Site::open(&folder, &layers)?);
        let (site, decided, stale) = (Arc::clone(&built), Vec::new(), None);
        let state = RwLock::new(State { built, site, decided, stale });
        let (looking, mending) = (Mutex::new(Instant::now()), Mutex::default());
        let it = Self { folder, layers, decisions, state, looking, mending };
        it.mend();
        it.write(|state| state.stale = None);
        Ok(it)
    }

    /// What is served.
    pub(super) fn site(&self) -> Arc<Site> {
        self.read(|state| Arc::clone(&state.site))
    }

    /// What the folder holds, with claims that have been rejected since.
    pub(super) fn built(&self) -> Arc<Site> {
        self.read(|state| Arc::clone(&state.built))
    }

    /// Looks whether something has changed, now and then. A graph that cannot be opened, as while
    /// it is moved into place, leaves the last one. Should the workers load the graph anew?
    pub(super) fn glance(&self) -> bool {
        {
            let mut looked = self.looking.lock().unwrap_or_else(PoisonError::into_inner);
            if looked.elapsed() < GLANCE {
                return false;
            }
            *looked = Instant::now();
        }
        let held = self.built();
        let changed = folder::manifest(&self.folder).is_ok_and(|it| it != held.manifest);
        if changed && let Ok(built) = Site::open(&self.folder, &self.layers) {
            let built = Arc::new(built);
            self.write(|state| {
                (state.site, state.built, state.decided) = (Arc::clone(&built), built, Vec::new());
            });
            self.mend();
            self.write(|state| state.stale = None);
            return true;
        }
        // Whoever mends it now does it for us, too.
        if let Ok(_alone) = self.mending.try_lock() {
            self.mend_alone();
        }
        self.write(|state| state.stale.take_if(|since| since.elapsed() > REST).is_some())
    }

    /// Mends the graph by the decisions as they are in the file now. A file that is wrong leaves
    /// all as it was; who reviews is told.
    pub(super) fn mend(&self) {
        let _alone = self.mending.lock().unwrap_or_else(PoisonError::into_inner);
        self.mend_alone();
    }

    /// Mends the graph, and waits for it no longer than so: of thousands of documents it takes
    /// seconds, and what is decided is in the file already.
    pub(super) fn mend_within(self: &Arc<Self>, patience: Duration) {
        let (done, is_done) = channel();
        let it = Arc::clone(self);
        thread::spawn(move || {
            it.mend();
            // Who waits no longer needs not be told.
            let _ = done.send(());
        });
        let _ = is_done.recv_timeout(patience);
    }

    /// Is the graph mended by all of these?
    pub(super) fn is_mended(&self, kept: &[Kept]) -> bool {
        self.read(|state| state.decided.iter().eq(kept.iter().map(|it| &it.decision)))
    }

    fn mend_alone(&self) {
        let Some(file) = &self.decisions else { return };
        let built = self.built();
        let Ok(now) = kept(file, &built.ontology) else { return };
        let now: Vec<Decision> = now.into_iter().map(|it| it.decision).collect();
        if self.read(|state| state.decided == now) {
            return;
        }
        let site = if now.is_empty() {
            Arc::clone(&built)
        } else {
            let (corpus, lost) = mended(built.corpus(), &now, &built.ontology);
            Arc::new(built.with(corpus, lost))
        };
        self.write(|state| {
            // Another graph may have been built meanwhile; it is mended next.
            if Arc::ptr_eq(&state.built, &built) {
                (state.site, state.decided, state.stale) = (site, now, Some(Instant::now()));
            }
        });
    }

    /// The decisions that are in the file, if one is kept.
    pub(super) fn decisions(&self) -> Option<Result<Vec<Kept>, LedgerError>> {
        self.decisions.as_ref().map(|file| kept(file, &self.built().ontology))
    }

    /// The file of decisions.
    pub(super) fn file(&self) -> Option<&PathBuf> {
        self.decisions.as_ref()
    }

    fn read<T>(&self, what: impl FnOnce(&State) -> T) -> T {
        what(&self.state.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn write<T>(&self, what: impl FnOnce(&mut State) -> T) -> T {
        what(&mut self.state.write().unwrap_or_else(PoisonError::into_inner))
    }
}
