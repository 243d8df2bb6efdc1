//! Open data: every file that the catalogue names is there, opens as it should, and can be brought back.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::program::http::{Answer, Client};
use crate::program::{Home, Server};
use crate::world::{World, databases};

const CATALOGUE: &str = "/du-lieu/danh-muc.jsonld";
const BASE: &str = "https://hailong.example.gov.vn";
const SERIES: &str = include_str!("../../../surveys/history/lai-chau-par-index.csv");
const TARGETS: &str = "measure,field,unit,year_from,year_to,threshold,value,comparison,citation,issuer\n\
                       counter,,P,2026,,90%,percent,>=,=HYPERLINK(1),UBND tỉnh\n\
                       minutes,,P,2026,2099,25,minutes,<=,KH 12,UBND tỉnh\n";

fn home(world: &World) -> Home {
    let home = Home::with(&world.url, &world.keys);
    home.with_counters();
    home.import(
        "units",
        "code,name,kind,parent,valid_from,valid_to,successors,admin_code\n\
         X3,Xã Ấm,commune,P,2025-07-01,,,98006\nX4,Xã Ăn,commune,P,2020-01-01,2025-06-30,X3,\n",
    );
    home.import("procedures", "code,name,field\n1.001,Đăng ký khai tử,Hộ tịch\n1.002,Cấp đổi,Đất đai\n");
    home.import("targets", TARGETS);
    home.import("series", SERIES);
    home
}

fn serve(home: &Home) -> Server {
    home.serve_with(&[("THUOCDO_BASE_URL", BASE)])
}

fn get(client: &mut Client, path: &str) -> Answer {
    client.get(path).unwrap()
}

fn catalogue(client: &mut Client) -> Value {
    let answer = get(client, CATALOGUE);
    assert_eq!((answer.status, answer.header("content-type")), (200, Some("application/ld+json; charset=utf-8")));
    serde_json::from_str(&answer.text()).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_file_and_page_of_the_catalogue_is_there_and_every_data_set_is_complete() {
    for world in databases().await {
        let home = home(&world);
        let server = serve(&home);
        let mut client = server.client();
        let whole = catalogue(&mut client);
        let sets = whole["dcat:dataset"].as_array().unwrap();
        let ids: BTreeSet<&str> = sets.iter().map(|set| set["dct:identifier"].as_str().unwrap()).collect();
        for id in [
            "don-vi",
            "linh-vuc",
            "thu-tuc",
            "chi-tieu",
            "phuong-phap",
            "cong-thuc",
            "so-lieu-don-vi",
            "phieu-counter-1",
        ] {
            assert!(ids.contains(id), "{id} is missing in {ids:?}");
        }
        assert!(ids.contains("chuoi-lai-chau-par-index") && ids.len() == sets.len());
        for set in sets {
            let id = &set["dct:identifier"];
            for field in ["dct:title", "dct:description", "dct:license", "dct:publisher", "dct:spatial", "dcat:theme"] {
                assert!(!set[field].is_null(), "{id} has no {field}");
            }
            let page = set["@id"].as_str().unwrap().strip_prefix(BASE).unwrap();
            let page = get(&mut client, page);
            assert_eq!(page.status, 200, "{id}");
            assert!(page.text().contains("<h1>") && page.text().contains("creativecommons.org"), "{id}");
            let files = set["dcat:distribution"].as_array().unwrap();
            assert!(!files.is_empty(), "{id}");
            for file in files {
                let path = file["dcat:downloadURL"]["@id"].as_str().unwrap().strip_prefix(BASE).unwrap();
                let answer = get(&mut client, path);
                assert_eq!(answer.status, 200, "{path}");
                let media = file["dcat:mediaType"]["@id"].as_str().unwrap();
                let media = media.strip_prefix("https://www.iana.org/assignments/media-types/").unwrap();
                assert!(answer.header("content-type").unwrap().starts_with(media), "{path}");
                assert_eq!(answer.header("cache-control"), Some("no-cache"), "{path}");
                if media == "text/csv" {
                    assert!(answer.text().starts_with('\u{feff}'), "{path} has no byte-order mark");
                } else if media == "application/json" {
                    let read: Value = serde_json::from_str(&answer.text()).unwrap();
                    assert!(read["columns"].is_array() && read["rows"].is_array(), "{path}");
                }
            }
        }
        assert_eq!(server.stop(), Some(0));
        assert_eq!(home.server_log(), "");
        world.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_taken_away_can_be_brought_back_and_names_stand_in_vietnamese_order() {
    for world in databases().await {
        let home = home(&world);
        let server = serve(&home);
        let mut client = server.client();
        let mut text = |path: &str| get(&mut client, path).text().trim_start_matches('\u{feff}').to_owned();
        let units = text("/du-lieu/don-vi.csv");
        let place = |name: &str| units.find(name).unwrap_or_else(|| panic!("{name} is missing in {units}"));
        assert!(place("Xã Ăn") < place("Xã Ấm"), "ă stands before â: {units}");
        assert!(units.contains("X4,Xã Ăn,commune,P,2020-01-01,2025-06-30,X3,"), "{units}");
        assert!(home.import("units", &units).contains("0 added, 0 changed"));
        let procedures = text("/du-lieu/thu-tuc.csv");
        assert!(procedures.contains("1.001,Đăng ký khai tử,Hộ tịch"), "{procedures}");
        assert!(home.import("procedures", &procedures).contains("0 added, 0 changed"));
        let targets = text("/du-lieu/chi-tieu.csv");
        assert!(targets.contains("90%,percent,>=,'=HYPERLINK(1)"), "a formula is defused: {targets}");
        assert!(targets.contains("2099,25,minutes,<=,KH 12,UBND tỉnh"), "{targets}");
        let json: Value = serde_json::from_str(&text("/du-lieu/chi-tieu.json")).unwrap();
        assert_eq!(json["rows"][0]["year_from"].as_i64(), Some(2026));
        assert!(json["licence"]["text"]["vi"].as_str().unwrap().contains("47/2020/NĐ-CP"));
        let fields = text("/du-lieu/linh-vuc.csv");
        assert_eq!(fields, "field\nĐất đai\nHộ tịch\n");
        let book = text("/du-lieu/phieu-counter-1.csv");
        assert!(
            book.contains("1=Rất không hài lòng|2=Không hài lòng") && book.contains("Tôi chưa nhận kết quả"),
            "{book}"
        );
        for path in
            ["/du-lieu/khong-co", "/du-lieu/khong-co.csv", "/du-lieu/phieu-counter-99.json", "/du-lieu/so-ghi.csv"]
        {
            assert_eq!(get(&mut client, path).status, 404, "{path}");
        }
        assert_eq!(server.stop(), Some(0));
        world.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_that_are_not_public_are_no_data_set_and_a_licence_of_ones_own_is_told() {
    for world in databases().await {
        let home = home(&world);
        let licence = "Theo quy chế của tỉnh: https://tinh.example.gov.vn/giay-phep";
        let settings =
            [("THUOCDO_PUBLIC_LIVE", "false"), ("THUOCDO_OPEN_DATA_LICENCE", licence), ("THUOCDO_BASE_URL", BASE)];
        let server = home.serve_with(&settings);
        let mut client = server.client();
        let whole = catalogue(&mut client).to_string();
        assert!(!whole.contains("so-lieu-don-vi") && whole.contains("https://tinh.example.gov.vn/giay-phep"));
        assert!(!whole.contains("creativecommons"), "{whole}");
        assert_eq!(get(&mut client, "/du-lieu/so-lieu-don-vi.csv").status, 404);
        assert!(get(&mut client, "/du-lieu").text().contains("Theo quy chế của tỉnh"));
        assert_eq!(server.stop(), Some(0));
        world.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_search_engine_finds_every_public_page_and_nothing_else() {
    for world in databases().await {
        let home = home(&world);
        let server = serve(&home);
        let mut client = server.client();
        let robots = get(&mut client, "/robots.txt").text();
        for line in
            ["Disallow: /q/", "Disallow: /p/", "Disallow: /bien-nhan", "Disallow: /quan-tri", "Disallow: /kiosk"]
        {
            assert!(robots.lines().any(|known| known == line), "{line}");
        }
        assert!(robots.contains(&format!("Sitemap: {BASE}/sitemap.xml")), "{robots}");
        let map = get(&mut client, "/sitemap.xml");
        assert_eq!(map.header("content-type"), Some("application/xml; charset=utf-8"));
        let map = map.text();
        let paths: Vec<&str> = map
            .split("<loc>")
            .skip(1)
            .map(|rest| rest.split('<').next().unwrap().strip_prefix(BASE).unwrap())
            .collect();
        for path in [
            "/",
            "/don-vi",
            "/don-vi/X4",
            "/du-lieu",
            "/du-lieu/don-vi",
            "/chuoi-so-lieu/lai-chau-par-index",
            "/phuong-phap",
        ] {
            assert!(paths.contains(&path), "{path} is missing in {paths:?}");
        }
        for path in &paths {
            let answer = get(&mut client, path);
            assert_eq!(answer.status, 200, "{path}");
            let text = answer.text();
            assert!(text.contains(&format!("<link rel=\"canonical\" href=\"{path}\">")), "{path}");
            assert!(text.contains("<meta name=\"description\" content=\""), "{path}");
            assert_eq!(text.contains("application/ld+json"), path.starts_with("/du-lieu"), "{path}");
        }
        let english = get(&mut client, "/du-lieu?lang=en").text();
        assert!(english.contains("<link rel=\"canonical\" href=\"/du-lieu?lang=en\">"), "{english}");
        assert!(!get(&mut client, "/khong-co").text().contains("canonical"));
        assert!(!get(&mut client, &format!("/q/{}", home.public_code("X1.Q1"))).text().contains("canonical"));
        assert_eq!(server.stop(), Some(0));
        world.close().await;
    }
}
