//! Worlds in the order of each input, kept while worlds are taken away: what makes peeling and splitting quick.

use super::worlds::{Values, Worlds};

/// For each input of numbers the worlds that are left, by ascending value; of words no order.
#[derive(Debug, Clone)]
pub struct Ranks {
    /// One list an input, empty for words.
    pub orders: Vec<Vec<u32>>,
    /// The worlds that are left, in their own order.
    pub left: Vec<u32>,
}

impl Ranks {
    /// All worlds.
    pub fn new(worlds: &Worlds) -> Ranks {
        let all: Vec<u32> = (0..worlds.len() as u32).collect();
        let order = |values: &Values| match values {
            Values::Numbers(numbers) => {
                let mut order = all.clone();
                // Stable: equal values stay in the order of the worlds.
                order.sort_by(|a, b| numbers[*a as usize].total_cmp(&numbers[*b as usize]));
                order
            }
            Values::Words { .. } => Vec::new(),
        };
        Ranks { orders: worlds.inputs.iter().map(order).collect(), left: all }
    }

    /// Those of a mask.
    pub fn within(&self, mask: &[bool]) -> Ranks {
        let kept = |list: &Vec<u32>| list.iter().copied().filter(|world| mask[*world as usize]).collect();
        Ranks { orders: self.orders.iter().map(kept).collect(), left: kept(&self.left) }
    }

    /// Takes away the worlds that are no longer in a mask.
    pub fn keep(&mut self, mask: &[bool]) {
        self.orders.iter_mut().chain([&mut self.left]).for_each(|list| list.retain(|world| mask[*world as usize]));
    }
}
