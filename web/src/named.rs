//! Things by name, in an order of their own: an object of JSON.

use serde::{Serialize, Serializer};

/// Things, each with its name.
#[derive(Debug, Clone, PartialEq)]
pub struct Named<T>(pub Vec<(String, T)>);

impl<T> Named<T> {
    /// The thing of a name.
    pub fn get(&self, name: &str) -> Option<&T> {
        self.0.iter().find(|(of, _)| of == name).map(|(_, thing)| thing)
    }
}

impl<N: ToString, T> FromIterator<(N, T)> for Named<T> {
    fn from_iter<I: IntoIterator<Item = (N, T)>>(things: I) -> Named<T> {
        Named(things.into_iter().map(|(name, thing)| (name.to_string(), thing)).collect())
    }
}

impl<T: Serialize> Serialize for Named<T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_map(self.0.iter().map(|(name, thing)| (name, thing)))
    }
}
