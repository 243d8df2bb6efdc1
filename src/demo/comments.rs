//! What people write: texts that also exercise masking and the routing of complaints.

use super::draws::Draws;
use super::model::{QUALITY, Rated, TIME, WAITING};
use super::province::{DecidingUnit, Mix};

/// What an answer must show for a text to fit.
#[derive(Debug, Clone, Copy)]
enum Occasion {
    Content,
    Always,
    Discontent,
    SlowQueue,
    LateResult,
    PoorGuidance,
    Upland,
    /// Something is rated 1 or 2.
    Angry,
}

use Occasion::{Always, Angry, Content, Discontent, LateResult, PoorGuidance, SlowQueue, Upland};

/// Text, occasion, weight among those that fit.
const TEXTS: [(&str, Occasion, f64); 14] = [
    ("Cán bộ hướng dẫn tận tình, xin cảm ơn.", Content, 6.0),
    ("Tốt", Content, 4.0),
    (".", Always, 1.0),
    ("Đề nghị làm thêm sáng thứ bảy.", Always, 2.0),
    ("Nộp trên mạng khó quá, phải nhờ con.", Always, 1.5),
    ("Biển chỉ dẫn tiếng dân tộc chưa có.", Upland, 2.0),
    ("cho lau qua, 2 tieng moi toi luot", SlowQueue, 3.0),
    ("Ghế ngồi ít, người già phải đứng.", SlowQueue, 2.5),
    ("Máy lấy số hỏng, ai đến trước chen trước.", SlowQueue, 1.5),
    ("Hẹn ngày 15 mà ngày 28 mới có, không ai báo.", LateResult, 5.0),
    ("Phải đi lại 3 lần vì hướng dẫn không đủ giấy tờ.", PoorGuidance, 4.0),
    ("Gọi lại cho tôi số 0900 000 000", Discontent, 0.6),
    ("Căn cước của tôi 000000000000, mã hồ sơ H98.12-261008-0975", Discontent, 0.3),
    // A matter for the competent authority, never for the unit it is about.
    ("Có người gợi ý bồi dưỡng để làm nhanh.", Angry, 0.5),
];

/// The comment an answer carries, if any: rarely from the content, often from the angry.
pub(crate) fn comment_of(unit: &DecidingUnit, sheet: &[Rated; 5], draws: &mut Draws) -> Option<&'static str> {
    let angry = sheet.iter().any(|rated| rated.at_most(2));
    let content = !sheet.iter().any(|rated| rated.at_most(3));
    let share = match (angry, content) {
        (true, _) => 0.22,
        (false, true) => 0.03,
        (false, false) => 0.08,
    };
    if !draws.chance(share) {
        return None;
    }
    let fits = |occasion| match occasion {
        Content => content,
        Always => true,
        Discontent => !content,
        SlowQueue => sheet[WAITING].at_most(3),
        LateResult => sheet[TIME].at_most(3),
        PoorGuidance => sheet[QUALITY].at_most(3),
        Upland => unit.mix == Mix::Upland,
        Angry => angry,
    };
    let fitting: Vec<(&'static str, f64)> =
        TEXTS.iter().filter(|(_, occasion, _)| fits(*occasion)).map(|(text, _, weight)| (*text, *weight)).collect();
    draws.pick(&fitting)
}
