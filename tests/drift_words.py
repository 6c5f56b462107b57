"""What the pairs of `tests.drift_pairs` are made of, in the eight languages met most."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """What the pairs of one language are made of.

    Attributes:
        post, number: A post of a channel, and a number in it with the one that takes its place.
        place: A name in the post, and the one that takes its place.
        later_post: Of the same channel on the same thing, hours later.
        other_post: About something else.
        counted: A sentence in which a number stands before a word that counters use, and the new
            number.
        ago: A sentence that says how long ago something was, and the new number.
        article: Of a paper; `another` is another one on the same matter, days later.
        day: A day in `article`, and another day.
        entries: Of a live page; `{n}` is a number, `{p}` a place.
        rows: Of a list without full stops.
        headlines: Of other articles, beneath one.
        cookies: What a banner says.
        headline, new_headline: Of `article`.
        site: The paper's name.
        views: A counter under a post.
    """

    post: str
    number: tuple[str, str]
    place: tuple[str, str]
    later_post: str
    other_post: str
    counted: tuple[str, str, str]
    ago: tuple[str, str, str]
    article: str
    another: str
    day: tuple[str, str]
    entries: tuple[str, str, str]
    rows: tuple[str, ...]
    headlines: tuple[str, ...]
    cookies: str
    headline: str
    new_headline: str
    site: str
    views: str


WORDS = {
    "en": Words(
        post="Night strike on the grain port of Tolvar: 3 dead, 12 wounded, two silos on fire",
        number=("3 dead", "7 dead"),
        place=("Tolvar", "Velsk"),
        later_post=(
            "Fire is out in Tolvar, the rescue service says. Both silos of the port are "
            "lost with all the grain in them, and the wounded lie in the district hospital."
        ),
        other_post=(
            "Registration for the winter chess school opens tomorrow, bring a photograph "
            "and a pencil"
        ),
        counted=("The army said that it had detained 14 members of the band near the mill.", "14",
            "41"),
        ago=("The shelling of the power station began 3 hours ago, the mayor writes.", "3", "9"),
        article=(
            "The water works of Tolvar stopped on Monday after a pump burned out, the mayor said. "
            "Nobody was hurt in the fire.\nSome 900 flats are without water. Tank lorries stand "
            "at the school and at the market until the new pump arrives from the factory in Velsk."
        ),
        another=(
            "Water flows again in Tolvar, the mayor said on Friday. Workers fitted a pump that "
            "the factory in Velsk had sent by night train, and the lorries left the market.\nA "
            "commission will look into why the old one burned. The prosecutor asked for its "
            "papers, and two engineers of the water works were questioned."
        ),
        day=("Monday", "Sunday"),
        entries=(
            "Drones were shot down over {p}, {n} of them near the river, the staff reports.",
            "The road between {p} and the pass is closed for {n} hours because of mines.",
            "In {p} the power is back for {n} houses, the grid company writes on its page.",
        ),
        rows=("Tolvar district: 4 dead", "Velsk district: 11 dead", "Eastern bank: 2 dead"),
        headlines=("Snow closes the pass again", "Chess school opens",
            "Market moves to the square"),
        cookies=(
            "We use cookies to improve your experience on our website and to show you "
            "advertising. By clicking Accept you agree to it; you can change your settings at any "
            "time."
        ),
        headline="Tolvar without water after a fire at the pump",
        new_headline="Sabotage suspected at the Tolvar water works",
        site="The Ilma Herald",
        views="2.4K views",
    ),
    "ru": Words(
        post="Ночной удар по зерновому порту Толвара: 3 погибших, 12 раненых, горят два элеватора",
        number=("3 погибших", "7 погибших"),
        place=("Толвара", "Вельска"),
        later_post=(
            "Пожар в Толваре потушен, сообщили спасатели. Оба элеватора порта потеряны "
            "вместе с зерном, раненых увезли в районную больницу."
        ),
        other_post=(
            "Завтра открывается запись в зимнюю шахматную школу, возьмите фотографию и "
            "карандаш"
        ),
        counted=("В суде насчитали 14 комментариев эксперта к одному и тому же снимку.", "14",
            "41"),
        ago=("Обстрел электростанции начался 3 часа назад, пишет мэр города.", "3", "9"),
        article=(
            "Водопровод Толвара остановился в понедельник после пожара на насосной станции, "
            "сообщил мэр. Никто не пострадал.\nБез воды остались около 900 квартир. Цистерны "
            "стоят у школы и на рынке, пока с завода в Вельске не привезут новый насос."
        ),
        another=(
            "Вода в Толвар вернулась, сказал мэр в пятницу. Рабочие поставили насос, который "
            "завод в Вельске прислал ночным поездом, и машины уехали с рынка.\nКомиссия выяснит, "
            "почему сгорел старый. Прокурор запросил бумаги, двух инженеров водоканала допросили."
        ),
        day=("понедельник", "воскресенье"),
        entries=(
            "Над городом {p} сбиты беспилотники, {n} из них у реки, сообщает штаб.",
            "Дорога от города {p} до перевала закрыта на {n} часов из-за мин.",
            "В городе {p} свет вернули в {n} домов, пишет сетевая компания.",
        ),
        rows=("Толварский район: 4 погибших", "Вельский район: 11 погибших",
            "Восточный берег: 2 погибших"),
        headlines=("Снег снова закрыл перевал", "Открывается шахматная школа",
            "Рынок переехал на площадь"),
        cookies=(
            "Мы используем файлы cookie, чтобы сайт работал лучше и показывал вам рекламу. "
            "Продолжая пользоваться сайтом, вы соглашаетесь на обработку данных."
        ),
        headline="Толвар без воды после пожара на насосной",
        new_headline="В Толваре подозревают диверсию на водоканале",
        site="Вестник Ильмы",
        views="2,4 тыс. просмотров",
    ),
    "uk": Words(
        post=(
            "Нічний удар по зерновому порту Толвара: 3 загиблих, 12 поранених, горять два "
            "елеватори"
        ),
        number=("3 загиблих", "7 загиблих"),
        place=("Толвара", "Вельська"),
        later_post=(
            "Пожежу в Толварі загасили, повідомили рятувальники. Обидва елеватори порту "
            "втрачено разом із зерном, поранених забрали до районної лікарні."
        ),
        other_post=(
            "Завтра відкривається запис до зимової шахової школи, візьміть світлину й "
            "олівець"
        ),
        counted=("У суді нарахували 14 коментарів експерта до одного й того самого знімка.", "14",
            "41"),
        ago=("Обстріл електростанції почався 3 години тому, пише мер міста.", "3", "9"),
        article=(
            "Водогін Толвара зупинився в понеділок після пожежі на насосній станції, повідомив "
            "мер. Ніхто не постраждав.\nБез води залишилися близько 900 квартир. Цистерни стоять "
            "біля школи й на ринку, доки із заводу у Вельську не привезуть новий насос."
        ),
        another=(
            "Вода до Толвара повернулася, сказав мер у п'ятницю. Робітники поставили насос, який "
            "завод у Вельську надіслав нічним потягом, і машини поїхали з ринку.\nКомісія з'ясує, "
            "чому згорів старий. Прокурор попросив папери, двох інженерів водоканалу допитали."
        ),
        day=("понеділок", "неділю"),
        entries=(
            "Над містом {p} збито безпілотники, {n} з них біля річки, повідомляє штаб.",
            "Дорогу від міста {p} до перевалу закрито на {n} годин через міни.",
            "У місті {p} світло повернули до {n} будинків, пише мережева компанія.",
        ),
        rows=("Толварський район: 4 загиблих", "Вельський район: 11 загиблих",
            "Східний берег: 2 загиблих"),
        headlines=("Сніг знову закрив перевал", "Відкривається шахова школа",
            "Ринок переїхав на площу"),
        cookies=(
            "Ми використовуємо файли cookie, щоб сайт працював краще й показував вам рекламу. "
            "Продовжуючи користуватися сайтом, ви погоджуєтеся на обробку даних."
        ),
        headline="Толвар без води після пожежі на насосній",
        new_headline="У Толварі підозрюють диверсію на водоканалі",
        site="Вісник Ільми",
        views="2,4 тис. переглядів",
    ),
    "ar": Words(
        post="ضربة ليلية على ميناء الحبوب في تولفار: 3 قتلى و12 جريحا واحتراق صومعتين",
        number=("3 قتلى", "7 قتلى"),
        place=("تولفار", "فيلسك"),
        later_post=(
            "أخمد الحريق في تولفار بحسب فرق الإنقاذ. وضاعت صومعتا الميناء مع كل ما فيهما "
            "من حبوب ونقل الجرحى إلى مستشفى القضاء."
        ),
        other_post="يفتح غدا باب التسجيل في مدرسة الشطرنج الشتوية فأحضروا صورة وقلم رصاص",
        counted=("أحصت المحكمة 14 تعليقا للخبير على الصورة نفسها في يوم واحد.", "14", "41"),
        ago=("بدأ قصف محطة الكهرباء قبل 3 ساعات كما كتب رئيس البلدية في صفحته.", "3", "9"),
        article=(
            "توقفت محطة المياه في تولفار يوم الاثنين بعد احتراق مضخة، بحسب رئيس البلدية. ولم يصب "
            "أحد في الحريق.\nولا تزال نحو 900 شقة بلا ماء. وتقف الصهاريج عند المدرسة وفي السوق "
            "إلى أن تصل المضخة الجديدة من المصنع في فيلسك."
        ),
        another=(
            "عادت المياه إلى تولفار، كما قال رئيس البلدية يوم الجمعة. وركب العمال مضخة أرسلها "
            "المصنع في فيلسك بقطار الليل، وغادرت الشاحنات السوق.\nوستبحث لجنة عن سبب احتراق "
            "القديمة. وطلب المدعي أوراقها واستجوب مهندسين من مصلحة المياه."
        ),
        day=("الاثنين", "الأحد"),
        entries=(
            "أسقطت مسيرات فوق {p} منها {n} قرب النهر وفق ما أعلنت القيادة.",
            "الطريق من {p} إلى الممر مغلق لمدة {n} ساعات بسبب الألغام.",
            "عادت الكهرباء في {p} إلى {n} منازل بحسب شركة الشبكة على صفحتها.",
        ),
        rows=("قضاء تولفار: 4 قتلى", "قضاء فيلسك: 11 قتيلا", "الضفة الشرقية: 2 قتلى"),
        headlines=("الثلوج تغلق الممر مجددا", "مدرسة الشطرنج تفتح أبوابها",
            "السوق ينتقل إلى الساحة"),
        cookies=(
            "نستخدم ملفات تعريف الارتباط لتحسين تجربتك على موقعنا وعرض الإعلانات. بالنقر على "
            "قبول فإنك توافق على ذلك ويمكنك تغيير الإعدادات في أي وقت."
        ),
        headline="تولفار بلا ماء بعد حريق المضخة",
        new_headline="شبهة تخريب في محطة مياه المدينة",
        site="صحيفة إلما",
        views="2.4 ألف مشاهدة",
    ),
    "fa": Words(
        post="حمله شبانه به بندر غلات تولوار: 3 کشته و 12 زخمی، دو سیلو در آتش",
        number=("3 کشته", "7 کشته"),
        place=("تولوار", "ولسک"),
        later_post=(
            "آتش در تولوار خاموش شد، نیروهای امداد گفتند. هر دو سیلوی بندر با همه غلات آن "
            "از دست رفت و زخمی‌ها در بیمارستان بخش‌اند."
        ),
        other_post="ثبت نام مدرسه شطرنج زمستانی فردا آغاز می‌شود، عکس و مداد همراه بیاورید",
        counted=("دادگاه 14 نظر کارشناس را درباره همان عکس در یک روز شمرد.", "14", "41"),
        ago=("گلوله‌باران نیروگاه برق 3 ساعت پیش آغاز شد، شهردار در صفحه خود نوشت.", "3", "9"),
        article=(
            "آب‌رسانی تولوار روز دوشنبه پس از سوختن یک پمپ متوقف شد، شهردار گفت. در آتش‌سوزی کسی "
            "آسیب ندید.\nحدود 900 خانه بی‌آب است. تانکرها کنار مدرسه و بازار ایستاده‌اند تا پمپ "
            "تازه از کارخانه ولسک برسد."
        ),
        another=(
            "آب به تولوار بازگشت، شهردار روز جمعه گفت. کارگران پمپی را نصب کردند که کارخانه ولسک "
            "با قطار شب فرستاده بود و کامیون‌ها بازار را ترک کردند.\nکمیسیونی بررسی می‌کند چرا "
            "پمپ کهنه سوخت. دادستان اسناد آن را خواست و دو مهندس اداره آب بازجویی شدند."
        ),
        day=("دوشنبه", "یکشنبه"),
        entries=(
            "پهپادهایی بر فراز {p} سرنگون شد که {n} فروند نزدیک رود بود، ستاد خبر داد.",
            "جاده {p} تا گردنه به دلیل مین {n} ساعت بسته می‌ماند.",
            "برق {n} خانه در {p} وصل شد، شرکت شبکه در صفحه خود نوشت.",
        ),
        rows=("بخش تولوار: 4 کشته", "بخش ولسک: 11 کشته", "ساحل شرقی: 2 کشته"),
        headlines=("برف دوباره گردنه را بست", "مدرسه شطرنج باز می‌شود", "بازار به میدان رفت"),
        cookies=(
            "ما از کوکی‌ها برای بهبود تجربه شما در وب‌سایت و نمایش تبلیغات استفاده می‌کنیم. "
            "با ادامه استفاده از سایت شما آن را می‌پذیرید."
        ),
        headline="تولوار پس از آتش‌سوزی پمپ بی‌آب ماند",
        new_headline="گمان خرابکاری در آب‌رسانی شهر",
        site="روزنامه ایلما",
        views="2.4 هزار بازدید",
    ),
    "he": Words(
        post="תקיפה לילית על נמל התבואה של טולבר: 3 הרוגים, 12 פצועים, שני ממגורות בוערות",
        number=("3 הרוגים", "7 הרוגים"),
        place=("טולבר", "ולסק"),
        later_post=(
            "השריפה בטולבר כובתה, מסרו כוחות ההצלה. שתי ממגורות הנמל אבדו עם כל התבואה, "
            "והפצועים פונו לבית החולים המחוזי."
        ),
        other_post="ההרשמה לבית הספר החורפי לשחמט נפתחת מחר, הביאו תמונה ועיפרון",
        counted=("בית המשפט מנה 14 תגובות של המומחה על אותו תצלום ביום אחד.", "14", "41"),
        ago=("הפגזת תחנת הכוח החלה לפני 3 שעות, כותב ראש העיר בדף שלו.", "3", "9"),
        article=(
            "מפעל המים של טולבר נעצר ביום שני לאחר שמשאבה נשרפה, אמר ראש העיר. איש לא נפגע "
            "בשריפה.\nכ-900 דירות נותרו בלי מים. מכליות עומדות ליד בית הספר ובשוק עד שתגיע משאבה "
            "חדשה מן המפעל בולסק."
        ),
        another=(
            "המים חזרו לטולבר, אמר ראש העיר ביום שישי. פועלים התקינו משאבה שהמפעל בולסק שלח ברכבת "
            "הלילה, והמשאיות עזבו את השוק.\nועדה תבדוק מדוע הישנה נשרפה. התובע ביקש את המסמכים, "
            "ושני מהנדסים של מפעל המים נחקרו."
        ),
        day=("שני", "ראשון"),
        entries=(
            "כלי טיס הופלו מעל {p}, {n} מהם ליד הנהר, מדווח המטה.",
            "הכביש מן העיר {p} אל המעבר סגור {n} שעות בגלל מוקשים.",
            "בעיר {p} חזר החשמל אל {n} בתים, כותבת חברת הרשת.",
        ),
        rows=("מחוז טולבר: 4 הרוגים", "מחוז ולסק: 11 הרוגים", "הגדה המזרחית: 2 הרוגים"),
        headlines=("השלג סגר שוב את המעבר", "בית הספר לשחמט נפתח", "השוק עבר לכיכר"),
        cookies=(
            "אנו משתמשים בקובצי עוגיות כדי לשפר את חוויית השימוש שלך באתר ולהציג פרסומות. "
            "המשך הגלישה מהווה הסכמה לכך."
        ),
        headline="טולבר בלי מים אחרי שריפה במשאבה",
        new_headline="חשד לחבלה במפעל המים של העיר",
        site="עיתון אילמה",
        views="2.4K צפיות",
    ),
    "tr": Words(
        post="Tolvar tahıl limanına gece saldırısı: 3 ölü, 12 yaralı, iki silo yanıyor",
        number=("3 ölü", "7 ölü"),
        place=("Tolvar", "Velsk"),
        later_post=(
            "Tolvar'daki yangın söndürüldü, diyor kurtarma ekipleri. Limandaki iki silo "
            "içindeki tahılla birlikte yok oldu, yaralılar ilçe hastanesinde."
        ),
        other_post=(
            "Kış satranç okuluna kayıt yarın başlıyor, yanınızda bir fotoğraf ve kurşun "
            "kalem getirin"
        ),
        counted=("Mahkeme aynı fotoğraf için bilirkişinin 14 yorum yaptığını bir günde saydı.",
            "14", "41"),
        ago=("Santralin bombalanması 3 saat önce başladı, diye yazdı belediye başkanı sayfasında.",
            "3", "9"),
        article=(
            "Tolvar su işletmesi bir pompanın yanması üzerine pazartesi günü durdu, dedi belediye "
            "başkanı. Yangında yaralanan olmadı.\nYaklaşık 900 daire susuz kaldı. Velsk "
            "fabrikasından yeni pompa gelene kadar okulun önünde ve pazarda tankerler bekliyor."
        ),
        another=(
            "Tolvar'a su geri geldi, dedi belediye başkanı cuma günü. İşçiler Velsk fabrikasının "
            "gece treniyle yolladığı pompayı taktı ve kamyonlar pazardan ayrıldı.\nBir kurul "
            "eskisinin neden yandığını araştıracak. Savcı belgeleri istedi, su işletmesinden iki "
            "mühendis sorgulandı."
        ),
        day=("pazartesi", "çarşamba"),
        entries=(
            "{p} üzerinde insansız araçlar düşürüldü, {n} tanesi ırmağın yanında, diyor karargâh.",
            "{p} ile geçit arasındaki yol mayınlar yüzünden {n} saat kapalı kalacak.",
            "{p} kentinde {n} eve elektrik geri verildi, diye yazıyor şebeke şirketi.",
        ),
        rows=("Tolvar ilçesi: 4 ölü", "Velsk ilçesi: 11 ölü", "Doğu yakası: 2 ölü"),
        headlines=("Kar geçidi yine kapattı", "Satranç okulu açılıyor", "Pazar meydana taşındı"),
        cookies=(
            "Web sitemizde deneyiminizi iyileştirmek ve size reklam göstermek için çerezleri "
            "kullanıyoruz. Siteyi kullanmaya devam ederek bunu kabul etmiş olursunuz."
        ),
        headline="Tolvar pompa yangınından sonra susuz",
        new_headline="Su işletmesinde sabotaj şüphesi",
        site="Ilma Gazetesi",
        views="2,4 bin görüntülenme",
    ),
    "fr": Words(
        post=(
            "Frappe de nuit sur le port céréalier de Tolvar : 3 morts, 12 blessés, deux silos en "
            "feu"
        ),
        number=("3 morts", "7 morts"),
        place=("Tolvar", "Velsk"),
        later_post=(
            "L'incendie de Tolvar est éteint, selon les secours. Les deux silos du port "
            "sont perdus avec leurs céréales, et les blessés ont été conduits à l'hôpital du "
            "district."
        ),
        other_post=(
            "Les inscriptions à l'école d'échecs d'hiver ouvrent demain, apportez une "
            "photo et un crayon"
        ),
        counted=((
            "Le tribunal a compté 14 commentaires de l'expert sur le même cliché en une "
            "journée."
        ), "14", "41"),
        ago=((
            "Le bombardement de la centrale a commencé il y a 3 heures, écrit le maire sur sa "
            "page."
        ), "3", "9"),
        article=(
            "Le service des eaux de Tolvar s'est arrêté lundi après l'incendie d'une pompe, a dit "
            "le maire. Personne n'a été blessé.\nQuelque 900 logements sont sans eau. Des "
            "camions-citernes attendent devant l'école et au marché jusqu'à l'arrivée d'une "
            "nouvelle pompe de l'usine de Velsk."
        ),
        another=(
            "L'eau est revenue à Tolvar, a dit le maire vendredi. Des ouvriers ont monté une "
            "pompe que l'usine de Velsk avait envoyée par le train de nuit, et les camions ont "
            "quitté le marché.\nUne commission cherchera pourquoi l'ancienne a brûlé. Le "
            "procureur a demandé ses papiers, et deux ingénieurs du service ont été entendus."
        ),
        day=("lundi", "dimanche"),
        entries=(
            ("Des drones ont été abattus au-dessus de {p}, dont {n} près du fleuve, annonce "
            "l'état-major."),
            "La route entre {p} et le col est fermée pour {n} heures à cause des mines.",
            "À {p} le courant est revenu dans {n} maisons, écrit la société du réseau.",
        ),
        rows=("District de Tolvar : 4 morts", "District de Velsk : 11 morts", "Rive est : 2 morts"),
        headlines=("La neige ferme encore le col", "L'école d'échecs ouvre",
            "Le marché part sur la place"),
        cookies=(
            "Nous utilisons des cookies pour améliorer votre expérience sur notre site et "
            "vous montrer de la publicité. En cliquant sur Accepter, vous y consentez ; vous "
            "pouvez changer vos choix à tout moment."
        ),
        headline="Tolvar sans eau après l'incendie d'une pompe",
        new_headline="Soupçon de sabotage au service des eaux",
        site="Le Courrier de l'Ilma",
        views="2,4 k vues",
    ),
}  # fmt: skip
