"""What the synthetic proposals are put together from."""

from random import Random

DONGS = {
    "gasan": "가산동", "doksan1": "독산1동", "doksan2": "독산2동", "doksan3": "독산3동", "doksan4": "독산4동",
    "siheung1": "시흥1동", "siheung2": "시흥2동", "siheung3": "시흥3동", "siheung4": "시흥4동", "siheung5": "시흥5동",
}  # fmt: skip
SPOTS = (
    "초등학교 앞", "버스 정류장", "안천 산책로", "시장 들머리", "놀이터 옆", "도서관 뒤", "경로당 골목", "지하철역 출구", "주민센터 마당",
    "공원 쉼터", "다리 아래", "언덕길",
)  # fmt: skip
THINGS = (
    "보행로", "그늘막", "의자", "가로등", "자전거 거치대", "분리수거함", "꽃밭", "안전 거울", "경사로", "쉼터", "무인 택배함",
    "작은 책장", "빗물받이", "안내판", "빨래터", "텃밭", "공동 부엌", "돌봄 교실", "횡단보도", "신호등", "과속 방지턱", "울타리",
    "난간", "손잡이", "계단", "승강기", "화장실", "음수대", "운동 기구", "모래밭", "그네", "정자", "평상", "우편함", "게시판", "확성기",
    "소화기", "제설함", "전봇대", "맨홀", "배수로", "옹벽", "축대", "화단", "가로수", "은행나무", "분수", "연못", "징검다리", "둑길",
    "주차장", "충전기", "정비소", "공구함", "장난감", "그림책", "악기", "무대", "전시대", "영화관", "탁구대", "농구대", "스케이트장",
    "물놀이터", "반려견 터", "재활용 가게", "되살림터", "나눔 냉장고", "빵집", "찻집", "글방", "목공방", "바느질방", "사진관", "라디오",
    "마을 신문", "마을버스", "순찰대",
)  # fmt: skip
DEEDS = (
    "놓아 주세요", "고쳐 주세요", "넓혀 주세요", "새로 만들면 좋겠어요", "함께 가꾸면 좋겠어요", "옮겨 주세요", "밝게 해 주세요",
    "더 늘려 주세요",
)  # fmt: skip
WHYS = (
    "아이들이 다니기 위험해요", "비가 오면 물이 고여요", "어르신이 쉴 곳이 없어요", "밤에 어두워서 무서워요", "휠체어가 지나가지 못해요",
    "여름에 너무 더워요", "쓰레기가 쌓여 냄새가 나요", "이웃과 만날 자리가 모자라요", "자전거와 사람이 부딪혀요", "겨울에 길이 얼어요",
)  # fmt: skip
HOWS = (
    "옆 동에서는 이미 하고 있어요", "주민이 함께 돌볼 수 있어요", "큰돈이 들지 않아요", "학교와 이야기해 보았어요", "사진을 함께 올립니다",
    "한 달 동안 세어 보니 하루에 백 명이 지나가요", "먼저 한 곳에서 해 보면 좋겠어요", "여러 부서가 함께 봐야 할 것 같아요",
)  # fmt: skip


def title_and_body(dice: Random) -> tuple[str, str]:
    """A proposal in believable Korean: a title of some twenty letters, a body of some three hundred."""
    title = f"{dice.choice(SPOTS)}에 {dice.choice(THINGS)} {dice.choice(DEEDS)}"
    return title, "\n\n".join(_paragraph(dice) for _ in range(dice.randint(3, 7)))


def _paragraph(dice: Random) -> str:
    return f"{dice.choice(SPOTS)} {dice.choice(THINGS)} 이야기예요. {remark(dice)}"


def remark(dice: Random) -> str:
    return f"{dice.choice(WHYS)}. {dice.choice(HOWS)}."
