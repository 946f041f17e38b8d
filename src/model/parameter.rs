//! The declaration of a parameter: what it means, what it may be, where its default comes from.
//!
//! Each mechanism declares its parameters beside its equations, once. The scenario key, the range check and its message,
//! the generated reference, the schema for editors and the assumptions log of every result all read that one declaration.

use crate::model::uncertainty::Uncertainty;

/// One thing a scenario can set.
#[derive(Debug)]
pub struct Parameter {
    /// Where a scenario sets it, dotted: `communication.quality`, `partner.resources.money`, `need.demand`.
    /// A key that begins with `partner.`, `need.`, `event.` or `intervention.` has one value for each of these.
    pub key: &'static str,
    /// One sentence on what it means in the world.
    pub meaning: &'static str,
    /// Unit in words: `days a month`, `thousand pounds a month`, `share`, `months`.
    pub unit: &'static str,
    /// What it may be, and what it is when a scenario is silent.
    pub domain: Domain,
    /// Short name of the source of equation or default.
    pub source: &'static str,
    /// How well the default is supported.
    pub grade: Grade,
}

/// What values a parameter may take.
#[derive(Debug)]
pub enum Domain {
    /// A number between `low` and `high`, both allowed; it may be given as an uncertainty.
    Number {
        /// Least value allowed.
        low: f64,
        /// Greatest value allowed.
        high: f64,
        /// Value when a scenario is silent.
        default: Uncertainty,
    },
    /// A whole number between `low` and `high`, the same in every replication.
    Whole {
        /// Least value allowed.
        low: u64,
        /// Greatest value allowed.
        high: u64,
        /// Value when a scenario is silent.
        default: u64,
    },
    /// One of a list of words, the same in every replication.
    Choice {
        /// The words, each with what it means.
        options: &'static [(&'static str, &'static str)],
        /// Position in `options` of the word used when a scenario is silent.
        default: usize,
    },
}

/// How well a default is supported by evidence, from best to weakest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// A published study or synthesis that was read.
    Published,
    /// Follows from an equation or was computed independently.
    Computed,
    /// General knowledge of the field, not checked against a source.
    General,
    /// A choice of partnersim, stated so that it can be questioned.
    Assumption,
}

impl Grade {
    /// The word used in every output.
    pub fn word(self) -> &'static str {
        match self {
            Grade::Published => "published",
            Grade::Computed => "computed",
            Grade::General => "general knowledge",
            Grade::Assumption => "assumption",
        }
    }
}

/// To what a parameter belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// One value for the partnership.
    Partnership,
    /// One value for each partner.
    Partner,
    /// One value for each need.
    Need,
    /// One value for each event.
    Event,
    /// One value for each intervention.
    Intervention,
}

impl Scope {
    /// To what the parameter with a key belongs.
    pub fn of(key: &str) -> Scope {
        match key.split('.').next() {
            Some("partner") => Scope::Partner,
            Some("need") => Scope::Need,
            Some("event") => Scope::Event,
            Some("intervention") => Scope::Intervention,
            _ => Scope::Partnership,
        }
    }
}

impl Parameter {
    /// To what it belongs, by the first word of its key.
    pub fn scope(&self) -> Scope {
        Scope::of(self.key)
    }

    /// The key without the leading `partner.`, `need.`, `event.` or `intervention.`: what is written inside such a table.
    pub fn local_key(&self) -> &'static str {
        match self.scope() {
            Scope::Partnership => self.key,
            _ => self.key.split_once('.').map_or(self.key, |(_, local)| local),
        }
    }

    /// A number for the address of its draws that stays the same when other parameters come and go (FNV-1a of the key).
    pub fn address(&self) -> u32 {
        self.key.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
    }
}
