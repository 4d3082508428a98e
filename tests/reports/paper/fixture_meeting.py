"""A meeting result report (회의결과보고) with a picture and a landscape section: a second shape of paper for the renderers."""

import struct
import zlib

from madang.reports.paper.blocks import (
    Bullets,
    Column,
    FigureBlock,
    KeyValue,
    Money,
    Paper,
    Row,
    Section,
    SignBox,
    TableBlock,
    bullet,
    count,
    dash,
    line,
    pair,
    row,
    text,
    won,
)


def picture(width: int = 240, height: int = 135) -> bytes:
    """A small PNG made here: a green field under a pale sky."""
    rows = b"".join(b"\x00" + (b"\xd9\xe6\xe8" if y < height * 0.6 else b"\x4f\x8a\x6b") * width for y in range(height))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")


PICTURES = {"meeting-1": picture()}


def meeting_paper() -> Paper:
    return Paper(
        title="제3차 협치회의 개최 결과보고",
        organ="금천구청 마을자치과",
        number="마을자치과-5821",
        as_of="2021. 4. 7.(수)",
        sign=(SignBox("담당", "작성", "4. 8."), SignBox("팀장"), SignBox("과장")),
        sections=(
            Section("개최 개요", (outline(), timetable()), mark="Ⅰ."),
            Section("회의 내용", (talk(),), mark="Ⅱ."),
            Section(
                "회의 사진",
                (FigureBlock("meeting-1", "원탁에 둘러앉아 이야기하는 참석자들의 뒷모습", "분과별 토의, 2021. 4. 7."),),
                mark="Ⅲ.",
            ),
            Section("연차별 소요재원", (money(),), mark="[붙임]", landscape=True),
        ),
        attachments=("참석자 명단 1부.",),
    )


def outline() -> KeyValue:
    return KeyValue(
        across=1,
        caption="개최 개요",
        pairs=(
            pair("일 시", "2021. 4. 7.(수) 10:00~12:00"),
            pair("장 소", "구청 12층 대강당"),
            pair("참석자", "협치회의 위원 외 6명 <7명> & 관계 공무원"),
        ),
    )


def timetable() -> TableBlock:
    return TableBlock(
        caption="진행 순서",
        columns=(Column(1.6), Column(0.8), Column(4, align="left"), Column(1.4)),
        head=(Row((text("시 간", colspan=2), text("주 요 내 용"), text("진 행"))),),
        rows=(
            row("10:00~10:05", "5′", "개회 및 성원 보고", "간사"),
            row("10:05~10:20", "15′", "전차 회의 결과 점검", "의장"),
            row("10:20~11:40", "80′", "안건 심의 및 분과별 토의", "의장"),
            row("11:40~12:00", "20′", "정리 및 폐회", "의장"),
        ),
    )


def talk() -> Bullets:
    return Bullets(
        (
            bullet("□", "안건 1. 안양천 산책로 안전"),
            bullet("❍", "내용 : 야간 조명 간격과 자전거 속도 문제를 논의함"),
            bullet("❍", "주요의견"),
            bullet("▸", "조명 간격을 30m에서 20m로 줄일 필요가 있음"),
            bullet(
                "▸",
                "자전거와 보행 공간을 색으로 나누어 표시할 것을 제안함. 미끄러운 도료는 피하고, 비 오는 날에도 보이는지 먼저 시험할 것",
            ),
            bullet("❍", "회의결과 : 원안 가결, 도로과 협의 후 6월 재보고 추진"),
            bullet("※", "이모지와 드문 글자 시험 : 공원 🌳 산책 👨‍👩‍👧 똠방각하 衿川"),
        )
    )


def money() -> TableBlock:
    years = ("2021년", "2022년", "2023년")
    return TableBlock(
        caption="연차별 소요재원",
        unit="(단위 : 천원)",
        money=Money("천원"),
        columns=(Column(1.6, head=True), Column(1, sum_of=(2, 3, 4)), *(Column(1) for _ in years)),
        head=(Row((text("재원별", rowspan=2), text("합 계", rowspan=2), text("연차별 소요재원", colspan=3))), row(*years)),
        rows=(
            row("계", won(20_300_000), won(12_300_000), won(8_000_000), won(0), kind="total", sum_of=(1, 2)),
            row("시 비", won(5_300_000), won(5_300_000), won(None), dash()),
            row("구 비", won(15_000_000), won(7_000_000), won(8_000_000), won(0)),
            row("증 감", won(-1_500_000), won(-1_500_000), won(None), won(None), kind="subtotal"),
            row("위원 수", count(7), count(7), dash(), dash()),
        ),
        notes=(line("재원 협의 중인 금액은 확보액으로 보지 아니함"),),
    )
