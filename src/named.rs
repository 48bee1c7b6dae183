//! Closed sets of names, each a type.

/// Declares an enum whose variants have names in files: the variants in one list, with the name
/// that each is written by, and the way back.
macro_rules! named {
    (
        $(#[$about:meta])*
        $vis:vis enum $type:ident { $($(#[$doc:meta])* $variant:ident = $name:literal,)+ }
    ) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        $vis enum $type { $($(#[$doc])* $variant,)+ }

        impl $type {
            /// All of them, in the order of their declaration.
            $vis const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The name that files write it by.
            $vis const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            /// The one of that name.
            $vis fn named(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$variant),)+ _ => None }
            }
        }

        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let name: std::borrow::Cow<'de, str> = serde::Deserialize::deserialize(from)?;
                Self::named(&name)
                    .ok_or_else(|| serde::de::Error::unknown_variant(&name, &[$($name,)+]))
            }
        }

        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

pub(crate) use named;
