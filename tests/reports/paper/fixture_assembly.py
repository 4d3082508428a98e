"""A residents' assembly result report (주민총회 결과보고) with invented numbers that add up. Used by the tests of every renderer."""

from madang.reports.paper.blocks import (
    Bar,
    BarsBlock,
    Bullets,
    Chain,
    Column,
    FunnelBlock,
    KeyValue,
    Money,
    Paper,
    Para,
    Row,
    Section,
    SignBox,
    Stage,
    TableBlock,
    bullet,
    count,
    dash,
    line,
    pair,
    percent,
    row,
    run,
    text,
    won,
)

DONG = ("가산동", "독산1동", "독산2동", "독산3동", "독산4동", "시흥1동", "시흥2동", "시흥3동", "시흥4동", "시흥5동")
CHANNELS = ("사전투표", "온라인", "우편", "현장투표")
ELIGIBLE = (21_904, 33_120, 15_482, 20_317, 14_066, 27_755, 19_240, 12_873, 16_518, 17_309)
VOTES = (
    (212, 305, 148, 190, 133, 268, 171, 96, 154, 163),
    (431, 602, 287, 340, 214, 519, 322, 188, 260, 301),
    (0, 12, 6, 0, 4, 9, 0, 3, 0, 5),
    (104, 131, 118, 97, 88, 140, 92, 74, 85, 101),
)
HERE = 2
ITEMS = (
    ("독산로 골목 그늘막과 쉼의자 놓기", 402, 131, 26, 1, 18_500_000, "선정"),
    ("학교 앞 어두운 길 바닥 조명 설치", 388, 149, 22, 2, 27_300_000, "선정"),
    ("작은도서관 토요일 밤 열기", 361, 170, 28, 3, 9_640_000, "선정"),
    ("빈터 텃밭과 퇴비함", 297, 231, 31, 4, 6_000_000, "선정"),
    ("우리 동네 옛이야기 지도 만들기 및 어르신 구술 기록 전시", 244, 280, 35, 5, 4_800_000, "미선정"),
    ("반려견 놀이마당(임시)", 187, 338, 34, 6, 12_000_000, "미선정"),
)


def assembly_paper(**over) -> Paper:
    given = {
        "title": "2021년 독산2동 주민총회 개최 결과 보고",
        "organ": "독산2동 주민자치회",
        "number": "독산2동-2021-0412",
        "as_of": "기준일 : 2021. 7. 24.(토)",
        "day": "2021. 7. 26.(월)",
        "sign": (SignBox("담당", "작성", "7. 26."), SignBox("팀장", "확인", "7. 26."), SignBox("동장")),
        "strip": strip(),
        "sections": sections(),
        "notes": (line("투표자 수는 전산 집계와 투표함 개봉 집계를 맞추어 본 값임"),),
        "attachments": ("안건별 투표 집계표 1부.", "주민총회 사진 1부.", "주민총회 회의록 1부."),
        "footer": "작성자 : 독산2동 주민자치팀장 / 담당",
    }
    return Paper(**(given | over))


def strip() -> KeyValue:
    return KeyValue(
        caption="주민총회 개요",
        pairs=(
            pair("일 시", "2021. 7. 24.(토) 14:00~16:30"),
            pair("장 소", "독산2동 주민센터 4층 강당, 온라인"),
            pair("참여자", run(f"{sum(votes[HERE] for votes in VOTES):,}명", ref="/papers/7/figures/voters/")),
            pair("선정 의제", run("4건", ref="/papers/7/figures/chosen/"), " / 상정 6건"),
            pair("총 사업비", "61,440천원"),
            pair("성립 여부", run("성립", strong=True), " (기준 155명)"),
        ),
    )


def sections() -> tuple[Section, ...]:
    return (
        Section("개 요", (outline(), procedure()), mark="Ⅰ."),
        Section("공고 및 홍보", (notice_bullets(), notice_table()), mark="Ⅱ."),
        Section("투표 결과", (), mark="Ⅲ."),
        Section("선거인 수, 투표자 수, 투표율", (turnout_table(), channel_bars()), mark="□", level=2),
        Section("정족수", (quorum(),), mark="□", level=2),
        Section("안건별 투표 결과", (items_table(),), mark="□", level=2),
        Section("의제 선정 과정", (funnel(),), mark="□", level=2),
        Section("주요 의견", (opinions(),), mark="Ⅳ."),
        Section("향후 일정", (schedule(),), mark="Ⅴ."),
        Section("[붙임] 동별 투표 현황", (matrix(),), landscape=False),
    )


def outline() -> Bullets:
    return Bullets(
        (
            bullet("□", "추진 목적"),
            bullet("○", "주민이 제안하고 숙의한 마을의제를 주민 스스로 결정하여 2022년 자치계획에 반영함"),
            bullet("□", "추진 근거"),
            bullet("○", "「서울특별시 금천구 주민자치회 시범실시 및 설치·운영에 관한 조례」 주민총회 조항"),
            bullet("□", "운영 방식"),
            bullet("○", "사전투표, 온라인투표, 우편투표, 현장투표를 함께 운영"),
            bullet("-", "의제별 찬성·반대 투표 후 찬성 득표순으로 순위 결정"),
            bullet("·", "동점인 경우 추첨으로 순위를 정하고 추첨값을 회의록에 남김"),
            bullet("※", "감염병 예방을 위하여 현장 참석은 99명 이하로 제한함"),
        )
    )


def procedure() -> Chain:
    stages = (("의제 발굴", "2~4월"), ("분과 검토", "5월"), ("부서 협의", "6. 1.~18."), ("주민총회", "7. 24."), ("자치계획", "8월"))
    return Chain(tuple(Stage(name, note) for name, note in stages), caption="추진 절차")


def notice_bullets() -> Bullets:
    return Bullets(
        (bullet("○", "공고 : 2021. 7. 9.(금) ~ 7. 23.(금), 15일간"), bullet("○", "안건 설명자료 : 누리집 게시 및 동주민센터 비치"))
    )


def notice_table() -> TableBlock:
    return TableBlock(
        caption="홍보 현황",
        unit="(단위 : 회, 부)",
        columns=(Column(2.2, head=True), Column(1.6), Column(1), Column(3.4, align="left")),
        head=(row("매 체", "기 간", "수 량", "비 고"),),
        rows=(
            row("현수막", "7. 9.~23.", count(12), "주요 교차로 12곳"),
            row("안내문 배부", "7. 12.~16.", count(4_800), "전 세대 우편함"),
            row("마을 방송", "7. 19.~23.", count(10), "하루 2회"),
            row("소셜미디어", "7. 9.~24.", count(None), "게시 수는 세지 아니함"),
        ),
    )


def turnout_table() -> TableBlock:
    votes = [channel[HERE] for channel in VOTES]
    total = sum(votes)
    names = zip(CHANNELS, votes, ("7. 19.~23.", "7. 15.~24.", "7. 12.~21.", "7. 24."), strict=True)
    rows = [
        row(name, period, count(cast, ref=f"/papers/7/channel/{number}/"), percent(cast, total, 1))
        for number, (name, cast, period) in enumerate(names)
    ]
    return TableBlock(
        caption="투표 방법별 투표자 수",
        unit="(단위 : 명, %)",
        columns=(Column(2, head=True), Column(2), Column(1.5, align="right"), Column(1.5, align="right", ratio_of=())),
        head=(row("투표 방법", "기 간", "투표자 수", "비 율"),),
        rows=(
            *rows,
            row("계", "", count(total), percent(total, total, 1), kind="total", sum_of=(0, 1, 2, 3)),
            row(text("선거인 수"), text("만 15세 이상 주민", colspan=1), count(ELIGIBLE[HERE]), dash()),
            row(text("투표율"), "투표자 수 / 선거인 수", text("", align="right"), percent(total, ELIGIBLE[HERE], 1)),
        ),
        notes=(line("선거인 수는 2021. 6. 30.(수) 주민등록 기준임"),),
    )


def channel_bars() -> BarsBlock:
    bars = tuple(Bar(name, channel[HERE], f"{channel[HERE]:,}", ref="/papers/7/x/") for name, channel in zip(CHANNELS, VOTES, strict=True))
    return BarsBlock("절반은 온라인으로 투표함", bars, unit="(단위 : 명)", label_head="투표 방법", value_head="투표자 수")


def quorum() -> Bullets:
    return Bullets(
        (
            bullet("○", "성립 기준 : 선거인 15,482명의 1% 이상 → 155명 이상"),
            bullet("○", "참여 인원 : ", run("559명", ref="/papers/7/figures/voters/", strong=True), " → ", run("성립", strong=True)),
        )
    )


def items_table() -> TableBlock:
    body = [
        row(
            count(number, align="center"), text(name, align="left"), count(yes), count(no), count(void), count(yes + no + void),
            count(rank, align="center"), won(cost), text(result, strong=result == "선정"),
        )
        for number, (name, yes, no, void, rank, cost, result) in enumerate(ITEMS, 1)
    ]  # fmt: skip
    sums = [sum(item[at] for item in ITEMS) for at in (1, 2, 3)]
    total = row(
        text("계", colspan=2), *(count(one) for one in sums), count(sum(sums)), dash(align="center"),
        won(sum(item[5] for item in ITEMS)), dash(align="center"),
        kind="total", sum_of=tuple(range(len(ITEMS))),
    )  # fmt: skip
    weights = (0.7, 4.2, 1, 1, 1, 1.1, 0.8, 1.4, 1.2)
    columns = tuple(Column(weight, head=at == 1, sum_of=(2, 3, 4) if at == 5 else ()) for at, weight in enumerate(weights))
    return TableBlock(
        caption="안건별 찬반 투표 결과와 선정",
        unit="(단위 : 표, 천원)",
        columns=columns,
        head=(
            Row(
                (
                    text("연번", rowspan=2),
                    text("안 건", rowspan=2),
                    text("득 표", colspan=4),
                    *(text(name, rowspan=2) for name in ("순위", "사업비", "결과")),
                )
            ),
            row("찬성", "반대", "무효", "소계"),
        ),
        rows=(*body, total),
        money=Money("천원", "floor"),
        notes=(
            line("찬성이 투표수의 과반이고 예산 범위에 드는 의제를 순위대로 선정함"),
            line("사업비는 원 단위 금액을 천원 미만 버림으로 적음"),
        ),
    )


def funnel() -> FunnelBlock:
    stages = (("주민 제안", 64), ("분과 검토 통과", 23), ("부서 적격", 11), ("주민총회 상정", 6), ("최종 선정", 4))
    bars = tuple(Bar(name, number, ref=f"/papers/7/funnel/{at}/", strong=name == "최종 선정") for at, (name, number) in enumerate(stages))
    return FunnelBlock("제안 64건 가운데 4건을 선정함", bars, unit="(단위 : 건)")


def opinions() -> Bullets:
    return Bullets(
        (
            bullet("❍", "독산로 골목 그늘막과 쉼의자 놓기"),
            bullet("▸", "보행 폭 1.5m를 지키고 점자블록과 겹치지 않게 놓을 것"),
            bullet("▸", "겨울에는 접어 둘 수 있는 것으로 고를 것 ⇒ 설계에 반영하기로 함"),
            bullet("❍", "학교 앞 어두운 길 바닥 조명 설치"),
            bullet("▸", "주택 창문으로 빛이 들지 않도록 각도를 조정할 것"),
        )
    )


def schedule() -> TableBlock:
    return TableBlock(
        caption="향후 일정",
        caption_shown=False,
        columns=(Column(1.6, head=True), Column(4, align="left"), Column(1.8)),
        head=(row("시 기", "내 용", "담 당"),),
        rows=(
            row("’21. 7. 30.", "주민총회 결과 공고(누리집, 게시판)", "주민자치회"),
            row(text("’21. 8.", rowspan=2), "자치계획안 의결 및 구 제출", "주민자치회"),
            row("부서별 예산 반영 검토", "마을자치과"),
            row("’22. 1.", "선정 의제 추진", "소관 부서"),
        ),
    )


def matrix() -> TableBlock:
    """Ten dong in their fixed order with a total row and a total column."""
    width = len(DONG) + 2
    columns = (Column(1.5, head=True), Column(1.25, sum_of=tuple(range(2, width))), *(Column(1.12) for _ in DONG))
    rows = [row(name, count(sum(votes)), *(count(one) for one in votes)) for name, votes in zip(CHANNELS, VOTES, strict=True)]
    totals = [sum(votes[at] for votes in VOTES) for at in range(len(DONG))]
    return TableBlock(
        caption="동별 투표 방법별 투표자 수",
        unit="(단위 : 명, %)",
        columns=columns,
        head=(row("구 분", "총 계", *DONG),),
        rows=(
            *rows,
            row("총 계", count(sum(totals)), *(count(one) for one in totals), kind="total", sum_of=(0, 1, 2, 3)),
            row("선거인 수", count(sum(ELIGIBLE)), *(count(one) for one in ELIGIBLE)),
            row("투표율", percent(sum(totals), sum(ELIGIBLE), 1), *(percent(a, b, 1) for a, b in zip(totals, ELIGIBLE, strict=True))),
        ),
        notes=(line("우편투표를 하지 아니한 동은 0으로 적음"),),
    )


def long_paper(rows: int = 300) -> Paper:
    """One table of many rows, to see that none is lost where pages break."""
    body = tuple(
        row(
            count(at, align="center"),
            text(f"주민 의견 {at:03d}번 : 골목 안전과 쉼터에 관한 생각", align="left"),
            count(at * 7),
            won(at * 1_234_567),
        )
        for at in range(1, rows + 1)
    )
    total = row(
        text("계", colspan=2), count(sum(at * 7 for at in range(1, rows + 1))), won(sum(at * 1_234_567 for at in range(1, rows + 1))),
        kind="total", sum_of=tuple(range(rows)),
    )  # fmt: skip
    table = TableBlock(
        caption="주민 의견 전체 목록",
        unit="(단위 : 건, 백만원)",
        columns=(Column(0.8), Column(5, head=True), Column(1.2), Column(1.5)),
        head=(row("연번", "내 용", "공감 수", "요청 금액"),),
        rows=(*body, total),
        money=Money("백만원"),
    )
    return Paper(
        title="주민 의견 목록", organ="금천구청 마을자치과", day="2021. 8. 2.(월)", cover=True, subtitle="2021년 나풀나풀 협치론장",
        sections=(Section("의견 목록", (Para(line("2021년 협치론장에서 받은 의견을 접수 순서대로 적음")), table), mark="□"),),
    )  # fmt: skip
