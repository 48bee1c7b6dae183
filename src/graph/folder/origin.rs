//! Where the relative paths of a recipe count from.

use std::io;
use std::path::{Component, Path, PathBuf};
use std::{env, fs};

use super::{FolderError, Given, Recipe};
use crate::files;

/// Name of the file in a graph folder that says it, as the way there from the folder. It is no part
/// of the graph: the same texts give the same graph wherever they lie.
pub const ORIGIN: &str = ".origin";

/// The longest way that is read, in bytes.
const MAX_WAY: u64 = 1 << 16;

/// The folder that relative paths of a recipe count from: the one in which the program was when the
/// graph was first built. Folders of earlier versions do not say it; theirs count from where the
/// program is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    root: PathBuf,
    here: PathBuf,
}

impl Origin {
    /// That of a graph folder; where it says none, or its folder is gone, where the program is.
    ///
    /// # Errors
    /// When the system does not say where the program is.
    pub fn of(graph: &Path) -> Result<Self, FolderError> {
        let here = env::current_dir().and_then(fs::canonicalize);
        let here = here.map_err(FolderError::io(Path::new(".")))?;
        let root = root(graph).unwrap_or_else(|| here.clone());
        Ok(Self { root, here })
    }

    /// The recipe with paths that lead to the same files from where the program is.
    pub fn reached(&self, recipe: Recipe) -> Recipe {
        if self.root == self.here {
            return recipe;
        }
        recipe.with_paths(|path| match is_fixed(path) {
            true => path.to_owned(),
            false => joined(&self.root, path),
        })
    }

    /// The recipe as it is kept: paths as they are in `before`, which is what was kept until now, and
    /// new ones as they lead from the origin.
    pub fn kept(&self, recipe: Recipe, before: Option<&Recipe>) -> Recipe {
        if self.root == self.here {
            return recipe;
        }
        let mut known = Vec::new();
        if let Some(before) = before {
            for path in before.all_paths() {
                let reached = if is_fixed(path) { path.clone() } else { joined(&self.root, path) };
                known.push((reached, path.clone()));
            }
        }
        recipe.with_paths(|path| {
            if let Some((_, kept)) = known.iter().find(|(reached, _)| reached == path) {
                return kept.clone();
            }
            match is_fixed(path) {
                true => path.to_owned(),
                false => way(&self.root, &joined(&self.here, path)),
            }
        })
    }

    /// Writes it into the folder, unless the folder says it already.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn keep(&self, graph: &Path) -> Result<(), FolderError> {
        let path = graph.join(ORIGIN);
        let write = || -> io::Result<()> {
            if root(graph).is_some() {
                return Ok(());
            }
            let way = Given(way(&fs::canonicalize(graph)?, &self.root));
            // Half of it says nothing, and is written again.
            files::write_own(&path, format!("{}\n", serde_json::to_string(&way)?).as_bytes())
        };
        write().map_err(FolderError::io(&path))
    }
}

/// What a graph folder says, if that is a folder.
fn root(graph: &Path) -> Option<PathBuf> {
    let words = files::read_to_string(&graph.join(ORIGIN), MAX_WAY).ok()?;
    let Given(way) = serde_json::from_str(&words).ok()?;
    let root = joined(&fs::canonicalize(graph).ok()?, &way);
    root.is_dir().then_some(root)
}

/// Does it lead to the same file from everywhere? Standard input does.
fn is_fixed(path: &Path) -> bool {
    path.is_absolute() || path == Path::new("-")
}

/// The path from a folder that has no links in its own: steps back are taken, so that it also leads
/// on where the folder is gone.
fn joined(folder: &Path, path: &Path) -> PathBuf {
    let mut joined = folder.to_owned();
    let mut parts = path.components().peekable();
    while let Some(part @ (Component::ParentDir | Component::CurDir)) = parts.peek() {
        if *part == Component::ParentDir {
            joined.pop();
        }
        parts.next();
    }
    joined.extend(parts);
    joined
}

/// The way from one folder to a path, both from the root of the file system.
fn way(from: &Path, to: &Path) -> PathBuf {
    let shared = from.components().zip(to.components()).take_while(|(a, b)| a == b).count();
    if shared == 0 {
        return to.to_owned();
    }
    let back = from.components().skip(shared).map(|_| Component::ParentDir);
    let way: PathBuf = back.chain(to.components().skip(shared)).collect();
    if way.as_os_str().is_empty() { PathBuf::from(".") } else { way }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recipe(sources: &[&str]) -> Recipe {
        let sources = sources.iter().map(|it| Given(it.into())).collect();
        Recipe { sources, ..Recipe::default() }
    }

    #[test]
    fn ways_lead_from_one_folder_to_another() {
        for (from, to, expected) in [
            ("/a/b", "/a/b", "."),
            ("/a/b/out", "/a/b", ".."),
            ("/a", "/a/b/c", "b/c"),
            ("/a/b", "/c/d", "../../c/d"),
        ] {
            let (from, to) = (Path::new(from), Path::new(to));
            assert_eq!(way(from, to), Path::new(expected));
            assert_eq!(joined(from, &way(from, to)), to);
        }
    }

    #[test]
    fn paths_are_reached_from_elsewhere_and_kept_as_they_were() {
        let origin = Origin { root: "/home/me".into(), here: "/home/you/texts".into() };
        let kept = recipe(&["news", "./may", "../you/x", "/all", "-"]);
        let reached = origin.reached(kept.clone());
        assert_eq!(reached, recipe(&["/home/me/news", "/home/me/may", "/home/you/x", "/all", "-"]));
        assert_eq!(origin.kept(reached.clone(), Some(&kept)), kept);
        let mut more = reached;
        more.sources.push(Given("june".into()));
        let expected = recipe(&["news", "./may", "../you/x", "/all", "-", "../you/texts/june"]);
        assert_eq!(origin.kept(more, Some(&kept)), expected);
    }

    #[test]
    fn who_is_at_the_origin_sees_paths_as_they_were_given() {
        let origin = Origin { root: "/home/me".into(), here: "/home/me".into() };
        let given = recipe(&["./news", "../x"]);
        assert_eq!(origin.reached(given.clone()), given);
        assert_eq!(origin.kept(given.clone(), None), given);
    }

    #[test]
    fn a_folder_says_where_its_paths_count_from() {
        let dir = tempfile::tempdir().unwrap();
        let here = fs::canonicalize(env::current_dir().unwrap()).unwrap();
        let origin = Origin::of(dir.path()).unwrap();
        assert_eq!(origin, Origin { root: here.clone(), here: here.clone() });
        let root = fs::canonicalize(dir.path()).unwrap();
        Origin { root: root.clone(), here: here.clone() }.keep(dir.path()).unwrap();
        assert_eq!(fs::read_to_string(dir.path().join(ORIGIN)).unwrap(), "\".\"\n");
        // What is said stays.
        origin.keep(dir.path()).unwrap();
        assert_eq!(Origin::of(dir.path()).unwrap(), Origin { root, here: here.clone() });
        fs::write(dir.path().join(ORIGIN), "\"none\"").unwrap();
        assert_eq!(Origin::of(dir.path()).unwrap(), Origin { root: here.clone(), here });
    }
}
