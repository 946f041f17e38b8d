//! meetings

use crate::model::parameter::{Domain, Grade, Parameter};
use crate::model::uncertainty::Uncertainty;

/// Everything a scenario can set here.
pub const PARAMETERS: &[&Parameter] =
    &[&QUALITY, &CHANNEL, &MEETINGS, &MEETING_HOURS, &DISTANCE_SCALE, &SECTOR_DISTANCE, &DISTANCE_DECAY];

/// See `meaning`.
pub const QUALITY: Parameter = Parameter {
    key: "communication.quality",
    meaning: "Quality of communication: chance that a message to a near partner gets through, and is understood.",
    unit: "share",
    domain: Domain::Number { low: 0.0, high: 1.0, default: Uncertainty::Fixed(0.6) },
    source: "M24; Marlow 2018",
    grade: Grade::Assumption,
};

/// See `meaning`.
pub const CHANNEL: Parameter = Parameter {
    key: "communication.channel",
    meaning: "How partners meet; the richer the channel, the more gets through.",
    unit: "word",
    domain: Domain::Choice {
        options: &[
            ("face_to_face", "richness 1"),
            ("video", "richness 0.7"),
            ("written", "richness 0.38: the effect of written talk against talk face to face"),
        ],
        default: 0,
    },
    source: "M5 Balliet 2010",
    grade: Grade::Published,
};

/// See `meaning`.
pub const MEETINGS: Parameter = Parameter {
    key: "communication.meetings",
    meaning: "Meetings of the whole partnership.",
    unit: "meetings a month",
    domain: Domain::Number { low: 0.0, high: 30.0, default: Uncertainty::Fixed(1.0) },
    source: "scenario",
    grade: Grade::Assumption,
};

/// See `meaning`.
pub const MEETING_HOURS: Parameter = Parameter {
    key: "communication.meeting_hours",
    meaning: "Time one meeting takes each partner, with preparation and travel.",
    unit: "hours",
    domain: Domain::Number { low: 0.0, high: 40.0, default: Uncertainty::Fixed(6.0) },
    source: "scenario",
    grade: Grade::Assumption,
};

/// See `meaning`.
pub const DISTANCE_SCALE: Parameter = Parameter {
    key: "communication.distance_scale",
    meaning: "Kilometres that count as one unit of distance.",
    unit: "kilometres",
    domain: Domain::Number { low: 1.0, high: 40000.0, default: Uncertainty::Fixed(100.0) },
    source: "M24",
    grade: Grade::Assumption,
};

/// See `meaning`.
pub const SECTOR_DISTANCE: Parameter = Parameter {
    key: "communication.sector_distance",
    meaning: "Distance between partners of different sectors, in the same unit.",
    unit: "distance",
    domain: Domain::Number { low: 0.0, high: 10.0, default: Uncertainty::Fixed(0.3) },
    source: "M24; Hunoldt",
    grade: Grade::Assumption,
};

/// See `meaning`.
pub const DISTANCE_DECAY: Parameter = Parameter {
    key: "communication.distance_decay",
    meaning: "How fast the chance of being heard falls with distance.",
    unit: "per unit of distance",
    domain: Domain::Number { low: 0.0, high: 10.0, default: Uncertainty::Fixed(0.5) },
    source: "M24",
    grade: Grade::Assumption,
};
