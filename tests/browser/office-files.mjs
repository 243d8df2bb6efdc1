// The files a new province begins with: 300 units and 900 collection points, and files with faults.

const FIRST = ['Suối', 'Đồng', 'Bình', 'Phú', 'Tân', 'Long', 'Hòa', 'An', 'Vĩnh', 'Thạnh', 'Sơn', 'Hải'];
const SECOND = ['Trong', 'Xuân', 'Minh', 'Thượng', 'Hạ', 'Đông', 'Tây', 'Khê'];
const COUNTERS = [
  'Hộ tịch, chứng thực', 'Đất đai', 'Xây dựng', 'Hộ kinh doanh', 'Bảo trợ xã hội', 'Người có công', 'Giáo dục', 'Y tế', 'Trả kết quả',
];
const DEPARTMENTS = [
  ['TN.SNV', 'Sở Nội vụ'], ['TN.SYT', 'Sở Y tế'], ['TN.STC', 'Sở Tài chính'], ['TN.STP', 'Sở Tư pháp'], ['TN.SXD', 'Sở Xây dựng'],
  ['TN.SNN', 'Sở Nông nghiệp và Môi trường'], ['TN.SGD', 'Sở Giáo dục và Đào tạo'], ['TN.SCT', 'Sở Công Thương'],
  ['TN.SKH', 'Sở Khoa học và Công nghệ'], ['TN.SVH', 'Sở Văn hóa, Thể thao và Du lịch'],
];
const UNITS_HEAD = 'code,name,kind,parent,valid_from,valid_to,successors,admin_code';
const POINTS_HEAD = 'code,unit,name,kind,questionnaire,field,officers';
const COMMUNES = FIRST.flatMap((first) => SECOND.map((second) => `${first} ${second}`));

const commune = (place) => `TN.X${String(place + 1).padStart(2, '0')}`;
const quoted = (text) => (text.includes(',') ? `"${text}"` : text);

export function units() {
  const line = (code, name, kind, parent) => `${code},${quoted(name)},${kind},${parent},2025-07-01,,,`;
  return [
    UNITS_HEAD,
    line('TN', 'Tỉnh Thử Nghiệm', 'province', ''),
    line('TN.VP', 'Văn phòng Ủy ban nhân dân tỉnh', 'office', 'TN'),
    ...DEPARTMENTS.map(([code, name]) => line(code, name, 'department', 'TN')),
    ...COMMUNES.flatMap((name, place) => [
      line(commune(place), `Ủy ban nhân dân xã ${name}`, 'commune', 'TN'),
      line(`${commune(place)}.TT`, `Trung tâm Phục vụ hành chính công xã ${name}`, 'centre', commune(place)),
      line(`${commune(place)}.CA`, `Công an xã ${name}`, 'line', commune(place)),
    ]),
  ];
}

export function points() {
  const line = (code, unit, name) => `${code},${unit},${quoted(name)},counter,counter,,2`;
  const counters = (unit, many) => Array.from({ length: many }, (_, place) => (
    line(`${unit}.Q${place + 1}`, unit, `Quầy số ${place + 1} · ${COUNTERS[place % COUNTERS.length]}`)));
  return [
    POINTS_HEAD,
    ...COMMUNES.flatMap((_, place) => counters(`${commune(place)}.TT`, 9)),
    ...DEPARTMENTS.slice(0, 9).flatMap(([code]) => counters(code, 4)),
  ];
}

// Three lines, each wrong in another way.
export const badUnits = () => [
  UNITS_HEAD,
  'TN,Tỉnh Thử Nghiệm,province,,2025-07-01,,,',
  'TN.A,Ủy ban nhân dân xã A,lang,TN,2025-07-01,,,',
  'TN.B,Ủy ban nhân dân xã B,commune,TN.KHONG,2025-07-01,,,',
  'TN.C,Ủy ban nhân dân xã C,commune,TN,ngày mai,,,',
];

export const badPoints = () => [
  POINTS_HEAD,
  'TN.X01.TT.Q1,TN.KHONG,Quầy số 1,counter,counter,,2',
  'TN.X01.TT.Q2,TN.X01.TT,Quầy số 2,counter,khong-co,,2',
  'TN.X01.TT.Q3,TN.X01.TT,Quầy số 3,counter,counter,,hai',
];

export const asFile = (name, lines) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(`${lines.join('\n')}\n`) });
