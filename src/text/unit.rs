//! Kinds of units and of collection points.

use super::Say;

says! {
    PROVINCE = "tỉnh", "province";
    CITY = "thành phố", "city";
    COMMITTEE = "ủy ban nhân dân", "people's committee";
    COMMITTEE_OFFICE = "văn phòng ủy ban nhân dân", "office of the people's committee";
    DEPARTMENT = "sở", "department";
    BOARD = "ban", "board";
    COMMUNE = "xã", "commune";
    WARD = "phường", "ward";
    SPECIAL_ZONE = "đặc khu", "special zone";
    TOWN = "thị trấn", "town";
    DISTRICT = "huyện", "district";
    CENTRE = "trung tâm", "centre";
    SERVICE_CENTRE = "trung tâm phục vụ hành chính công", "public administration service centre";
    SERVICE_CENTRE_SHORT = "Trung tâm PVHCC", "Service centre";
    LAND_OFFICE = "văn phòng đăng ký đất đai", "land registration office";
    BRANCH = "chi nhánh", "branch";
    HOSPITAL = "bệnh viện", "hospital";
    SCHOOL = "trường học", "school";
    LINE_AGENCY = "cơ quan ngành dọc", "line agency of the central government";
    OTHER = "đơn vị", "unit";

    POINT = "điểm khảo sát", "collection point";
    POINTS = "Điểm khảo sát", "Collection points";
    POINT_COUNTER = "quầy", "counter";
    POINT_KIOSK = "máy tại sảnh", "device in the hall";
    POINT_WEB = "đường dẫn trên mạng", "web link";
    POINT_BOX = "hòm phiếu", "ballot box";
    POINT_WAVE = "đợt khảo sát", "survey wave";
}

sentences! {
    points_of_unit(n: u64) = "{n} điểm khảo sát", "{n} collection point(s)";
}

/// The kinds of units by the word used in files, English or Vietnamese with or without marks.
const KINDS: &[(&str, Say)] = &[
    ("province", PROVINCE),
    ("tinh", PROVINCE),
    ("city", CITY),
    ("thanh pho", CITY),
    ("committee", COMMITTEE),
    ("uy ban nhan dan", COMMITTEE),
    ("committee office", COMMITTEE_OFFICE),
    ("van phong", COMMITTEE_OFFICE),
    ("department", DEPARTMENT),
    ("so", DEPARTMENT),
    ("board", BOARD),
    ("ban", BOARD),
    ("commune", COMMUNE),
    ("xa", COMMUNE),
    ("ward", WARD),
    ("phuong", WARD),
    ("special zone", SPECIAL_ZONE),
    ("dac khu", SPECIAL_ZONE),
    ("town", TOWN),
    ("thi tran", TOWN),
    ("district", DISTRICT),
    ("huyen", DISTRICT),
    ("centre", CENTRE),
    ("center", CENTRE),
    ("trung tam", CENTRE),
    ("service centre", SERVICE_CENTRE),
    ("trung tam phuc vu hanh chinh cong", SERVICE_CENTRE),
    ("land office", LAND_OFFICE),
    ("van phong dang ky dat dai", LAND_OFFICE),
    ("branch", BRANCH),
    ("chi nhanh", BRANCH),
    ("hospital", HOSPITAL),
    ("benh vien", HOSPITAL),
    ("school", SCHOOL),
    ("truong", SCHOOL),
    ("line agency", LINE_AGENCY),
    ("nganh doc", LINE_AGENCY),
];

/// The kinds of collection points by the word used in files.
const POINT_KINDS: &[(&str, Say)] = &[
    ("counter", POINT_COUNTER),
    ("quay", POINT_COUNTER),
    ("kiosk", POINT_KIOSK),
    ("web", POINT_WEB),
    ("link", POINT_WEB),
    ("box", POINT_BOX),
    ("ballot box", POINT_BOX),
    ("hom phieu", POINT_BOX),
    ("wave", POINT_WAVE),
];

/// The kind of a unit as people read it; a kind nobody foresaw is just a unit.
pub fn unit_kind(word: &str) -> Say {
    look_up(KINDS, word).unwrap_or(OTHER)
}

/// The kind of a collection point as people read it.
pub fn point_kind(word: &str) -> Say {
    look_up(POINT_KINDS, word).unwrap_or(POINT)
}

fn look_up(kinds: &[(&str, Say)], word: &str) -> Option<Say> {
    let word = super::search::fold(word);
    kinds.iter().find(|(known, _)| *known == word).map(|(_, say)| *say)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_read_in_either_language_and_any_writing() {
        assert_eq!(unit_kind("special_zone"), SPECIAL_ZONE);
        assert_eq!(unit_kind("Đặc khu"), SPECIAL_ZONE);
        assert_eq!(unit_kind("dac_khu"), SPECIAL_ZONE);
        assert_eq!(unit_kind("xã"), COMMUNE);
        assert_eq!(unit_kind("liên minh"), OTHER);
        assert_eq!(point_kind("counter"), POINT_COUNTER);
    }

    #[test]
    fn every_known_word_is_already_folded() {
        for (word, _) in KINDS.iter().chain(POINT_KINDS) {
            assert_eq!(&super::super::search::fold(word), word);
        }
    }
}
