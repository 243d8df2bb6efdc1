//! Names of the numbers that other systems make.

use crate::text::Say;
use crate::words::Indicator as I;

says! {
    PORTAL_LIKES = "Lượt thích trên Cổng Dịch vụ công", "Likes on the portal";
    PORTAL_DISLIKES = "Lượt không thích trên Cổng Dịch vụ công", "Dislikes on the portal";
    DOSSIERS = "Hồ sơ đã giải quyết", "Dossiers handled";
    LATE = "Trong đó hồ sơ trễ hạn", "Late ones among them";
    COMPLAINED = "Trong đó hồ sơ có phản ánh hoặc bị đánh giá không thích", "Those with a complaint or a dislike";
    COMPLAINTS = "Phản ánh, kiến nghị thuộc thẩm quyền", "Complaints within competence";
    ON_TIME = "Trong đó xử lý đúng hạn", "Handled in time among them";
    DISSATISFIED = "Trong đó trả lời bị đánh giá không hài lòng, bị phản ánh lại hoặc trễ hạn", "Answered unsatisfyingly, complained again or late";
    ABOUT_RULES = "Phản ánh về quy định, thủ tục", "Complaints about rules and procedures";
    ABOUT_STAFF = "Phản ánh về hành vi của cán bộ", "Complaints about conduct of staff";
    POINTS_OPENNESS = "Điểm đã công bố: công khai, minh bạch", "Published points: openness";
    POINTS_PROGRESS = "Điểm đã công bố: tiến độ, kết quả giải quyết", "Published points: progress and results";
    POINTS_DIGITAL = "Điểm đã công bố: số hóa hồ sơ", "Published points: digitised files";
    POINTS_ONLINE = "Điểm đã công bố: dịch vụ trực tuyến", "Published points: online services";
    POINTS_PAYMENT = "Điểm đã công bố: thanh toán trực tuyến", "Published points: online payment";
    POINTS_ON_TIME = "Điểm đã công bố: chỉ số 5.2", "Published points: indicator 5.2";
    POINTS_SATISFIED = "Điểm đã công bố: chỉ số 5.3", "Published points: indicator 5.3";
    POINTS_PROCEDURES = "Điểm đã công bố: chỉ số 5.4", "Published points: indicator 5.4";
    SELF_1 = "Điểm tự chấm, chỉ số 1: Tổng thời gian giải quyết", "Own points, indicator 1: Total time";
    SELF_2 = "Điểm tự chấm, chỉ số 2: Thời gian của từng cơ quan tham gia", "Own points, indicator 2: Time of each agency that takes part";
    SELF_3 = "Điểm tự chấm, chỉ số 3: Số lần phải liên hệ để hoàn thiện hồ sơ", "Own points, indicator 3: Contacts needed to complete the file";
    SELF_4 = "Điểm tự chấm, chỉ số 4: Số cơ quan phải liên hệ", "Own points, indicator 4: Agencies that had to be contacted";
    SELF_5 = "Điểm tự chấm, chỉ số 5: Tiếp nhận, trả kết quả tại Bộ phận Một cửa", "Own points, indicator 5: Receiving and returning at the one-stop office";
    SELF_6 = "Điểm tự chấm, chỉ số 6: Công khai thủ tục", "Own points, indicator 6: Procedures made public";
    SELF_7 = "Điểm tự chấm, chỉ số 7: Thái độ của cán bộ, công chức", "Own points, indicator 7: Attitude of staff";
    SELF_8 = "Điểm tự chấm, chỉ số 8: Tiếp thu, giải trình phản ánh, kiến nghị", "Own points, indicator 8: Taking up complaints";
    SELF_9 = "Điểm tự chấm, chỉ số 9: Dịch vụ công trực tuyến", "Own points, indicator 9: Online services";
    APPRAISED_1 = "Điểm thẩm định, chỉ số 1: Tổng thời gian giải quyết", "Appraised points, indicator 1: Total time";
    APPRAISED_2 = "Điểm thẩm định, chỉ số 2: Thời gian của từng cơ quan tham gia", "Appraised points, indicator 2: Time of each agency that takes part";
    APPRAISED_3 = "Điểm thẩm định, chỉ số 3: Số lần phải liên hệ để hoàn thiện hồ sơ", "Appraised points, indicator 3: Contacts needed to complete the file";
    APPRAISED_4 = "Điểm thẩm định, chỉ số 4: Số cơ quan phải liên hệ", "Appraised points, indicator 4: Agencies that had to be contacted";
    APPRAISED_5 = "Điểm thẩm định, chỉ số 5: Tiếp nhận, trả kết quả tại Bộ phận Một cửa", "Appraised points, indicator 5: Receiving and returning at the one-stop office";
    APPRAISED_6 = "Điểm thẩm định, chỉ số 6: Công khai thủ tục", "Appraised points, indicator 6: Procedures made public";
    APPRAISED_7 = "Điểm thẩm định, chỉ số 7: Thái độ của cán bộ, công chức", "Appraised points, indicator 7: Attitude of staff";
    APPRAISED_8 = "Điểm thẩm định, chỉ số 8: Tiếp thu, giải trình phản ánh, kiến nghị", "Appraised points, indicator 8: Taking up complaints";
    APPRAISED_9 = "Điểm thẩm định, chỉ số 9: Dịch vụ công trực tuyến", "Appraised points, indicator 9: Online services";
    FORMS = "Số phiếu đánh giá", "Evaluation forms";
    NOT_SATISFIED = "Tỷ lệ không hài lòng", "Share dissatisfied";
    IS_SATISFIED = "Tỷ lệ hài lòng", "Share satisfied";
    VERY_SATISFIED = "Tỷ lệ rất hài lòng", "Share very satisfied";
}

/// The name of a number.
pub const fn indicator(indicator: I) -> Say {
    match indicator {
        I::PortalLikes => PORTAL_LIKES,
        I::PortalDislikes => PORTAL_DISLIKES,
        I::Qd766Dossiers => DOSSIERS,
        I::Qd766Late => LATE,
        I::Qd766Complained => COMPLAINED,
        I::Qd766Complaints => COMPLAINTS,
        I::Qd766ComplaintsOnTime => ON_TIME,
        I::Qd766ComplaintsDissatisfied => DISSATISFIED,
        I::Qd766ComplaintsRules => ABOUT_RULES,
        I::Qd766ComplaintsStaff => ABOUT_STAFF,
        I::Qd766PointsOpenness => POINTS_OPENNESS,
        I::Qd766PointsProgress => POINTS_PROGRESS,
        I::Qd766PointsDigitalFiles => POINTS_DIGITAL,
        I::Qd766PointsOnlineService => POINTS_ONLINE,
        I::Qd766PointsOnlinePayment => POINTS_PAYMENT,
        I::Qd766PointsOnTime => POINTS_ON_TIME,
        I::Qd766PointsSatisfied => POINTS_SATISFIED,
        I::Qd766PointsProcedures => POINTS_PROCEDURES,
        I::Tt01Self1 => SELF_1,
        I::Tt01Self2 => SELF_2,
        I::Tt01Self3 => SELF_3,
        I::Tt01Self4 => SELF_4,
        I::Tt01Self5 => SELF_5,
        I::Tt01Self6 => SELF_6,
        I::Tt01Self7 => SELF_7,
        I::Tt01Self8 => SELF_8,
        I::Tt01Self9 => SELF_9,
        I::Tt01Appraised1 => APPRAISED_1,
        I::Tt01Appraised2 => APPRAISED_2,
        I::Tt01Appraised3 => APPRAISED_3,
        I::Tt01Appraised4 => APPRAISED_4,
        I::Tt01Appraised5 => APPRAISED_5,
        I::Tt01Appraised6 => APPRAISED_6,
        I::Tt01Appraised7 => APPRAISED_7,
        I::Tt01Appraised8 => APPRAISED_8,
        I::Tt01Appraised9 => APPRAISED_9,
        I::Tt01Forms => FORMS,
        I::Tt01Dissatisfied => NOT_SATISFIED,
        I::Tt01Satisfied => IS_SATISFIED,
        I::Tt01VerySatisfied => VERY_SATISFIED,
    }
}
