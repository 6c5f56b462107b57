"""Words of what stands before a page in the languages of the east and south, as in `walls`."""

from __future__ import annotations

WALLS_EAST: dict[str, dict[str, str]] = {
    "ru": {
        "ask": (
            "доступ запрос страниц url соединени подключени сайт контент ресурс материал трафик"
        ),
        "refused": (
            "запрещ заблок отклон ограничен отказ подозрительн необычн запрет чёрный черный список"
        ),
        "you": (
            "вы вас вам ваш ваша ваше ваши вашу пожалуйста обратитесь свяжитесь администратор "
            "подтвердите включите твой зайдите попробуйте приносим вернитесь повторите вашего "
            "обновите выключите отключите докажите измените продолжить"
        ),
        "cookies": "cookie куки",
        "switch": "включ отключ выключ javascript браузер разреш выключит",
        "agree": "соглас приним принять примите выбор настройк конфиденц",
        "data": "партн cookie куки реклам данн персонал подпис устройств",
        "place": "стран регион местополож территори ip-адрес росси",
        "rule": "закон суд роскомнадзор правооблад право требован решени санкц постановлен",
        "age": "возраст 18 лет совершеннолет",
        "human": (
            "человек робот бот captcha капч автоматич подтверд провер подождите секунд занять займ "
            "нескольк обращени докажите браузера"
        ),
        "unshown": "недоступ доступен доступн невозмож",
        "back": (
            "технически обслуживан временно скоро вернёмся вернемся перегруз закрыт профилакти "
            "обновля неудобств позже час технич"
        ),
        "net": "ip vpn прокси ip-адрес брандмауэр файрвол фаервол",
        "ads": "блокировщик adblock",
    },
    "uk": {
        "ask": "доступ запит сторінк url з'єднан підключен сайт контент ресурс матеріал",
        "refused": "заборон заблок відхил обмежен відмов підозріл незвичайн",
        "you": (
            "ви вас вам ваш ваша ваше вашо ваші вашу будь зверніться зв'яжіться адміністратор "
            "підтвердьте увімкніть завітайте спробуйте вибачте поверніться вимкніть доведіть"
        ),
        "cookies": "cookie куки",
        "switch": "увімкн вимкн javascript браузер дозвол",
        "agree": "згод погодж прийня прийма вибір налаштуван конфіденц",
        "data": "партнер cookie куки реклам дані даних персонал підпис передплат пристро",
        "place": "країн регіон місцезнаход територі регіоні",
        "rule": "закон суд правовлас право вимог рішен санкц",
        "age": "вік 18 років повноліт",
        "human": (
            "людин роботом роботів бот captcha автоматич підтверд перевір зачекайте секунд тривати "
            "зайняти кільк"
        ),
        "unshown": "недоступ доступн неможлив працює",
        "back": (
            "технічн обслуговуван тимчасово незабаром повернем закрит профілакти оновлю "
            "незручност пізніше годин"
        ),
        "net": "ip vpn проксі ip-адрес брандмауер",
        "ads": "блокувальник adblock",
    },
    "tr": {
        "ask": "erişim istek isteğiniz talep sayfa url bağlantı site içerik",
        "refused": (
            "engellen reddedil yasak kısıtlan şüpheli olağandışı reddet izlenem görüntülenem"
        ),
        "you": (
            "lütfen siz sizin tarayıcınız yönetici başvurun iletişime ınız iniz size seçin verin "
            "tıklayın deneyin bulunduğunuz olduğunuz olmadığınız"
        ),
        "cookies": "cookie çerez",
        "switch": "etkinleştir aç kapalı devre javascript tarayıcı kapatın",
        "agree": "onay kabul rıza izin tercih gizlilik reddet",
        "data": "ortak iş çerez reklam veri kişisel abone",
        "place": "ülke bölge konum",
        "rule": "yasa kanun mahkeme karar yetkili hak btk hakları",
        "age": "yaş 18 yetişkin",
        "human": (
            "insan robot bot captcha otomatik doğrula kanıtla işaretle emin saniye kişi gerçek "
            "birkaç"
        ),
        "unshown": "kullanılamıyor mevcut erişilebilir",
        "back": "bakım güncelle birazdan geçici kısa yakında sonra tekrar çalışma",
        "net": "ip vpn proxy güvenlik-duvarı",
        "ads": "adblock reklam-engelleyici engelleyici",
    },
    "az": {
        "ask": "giriş sorğu səhifə url sayt məzmun müraciət",
        "refused": "qadağan bloklan rədd məhdud şübhəli",
        "you": "siz sizin zəhmət lütfən əlaqə",
        "cookies": "cookie kuki çərəz",
        "switch": "aktivləşdir söndür javascript brauzer",
        "agree": "razı qəbul seçim məxfilik",
        "data": "tərəfdaş reklam məlumat",
        "place": "ölkə region ərazi",
        "rule": "qanun məhkəmə qərar hüquq",
        "age": "yaş 18",
        "human": "insan robot bot captcha təsdiq",
        "unshown": "əlçatan mövcud",
        "back": "texniki müvəqqəti tezliklə işlər qayıd",
    },
    "kk": {
        "ask": "кіру сұрау бет сайт url қолжетім сұрауыңыз ресурс",
        "refused": "тыйым бұғаттал шектел қабылданбады шектелген бұғатталды болмайды",
        "you": "сіз сіздің өтінеміз хабарласыңыз назар",
        "cookies": "cookie куки",
        "switch": "қосыңыз өшірілген javascript браузер",
        "agree": "келіс қабылда таңда",
        "data": "серіктес жарнама дерек",
        "place": "ел аймақ елден",
        "rule": "заң сот шешім құқық заңнама сәйкес",
        "age": "жас 18",
        "human": "адам робот бот captcha растаңыз тексер секунд екеніңіз",
        "unshown": "қолжетімсіз",
        "back": "техникалық уақытша жақында кейінірек жұмыс",
    },
    "hy": {
        "ask": "մուտք հարցում էջ կայք url",
        "refused": "մերժված արգելափակ արգելված սահմանափակ",
        "you": "դուք ձեր խնդրում",
        "cookies": "cookie թխուկ քուքի",
        "switch": "միացր անջատ javascript դիտարկիչ զննարկիչ",
        "agree": "համաձայն ընդուն ընտր",
        "data": "գործընկեր գովազդ տվյալ",
        "place": "երկր տարածաշրջան երկրից",
        "rule": "օրենք դատարան իրավ",
        "age": "տարիք 18",
        "human": "մարդ ռոբոտ captcha հաստատ",
        "unshown": "հասանելի",
        "back": "տեխնիկական ժամանակավոր շուտով ուշ աշխատանք",
    },
    "ka": {
        "ask": "წვდომა მოთხოვნა გვერდ საიტ url",
        "refused": "უარყოფ დაბლოკ აკრძალ შეზღუდ",
        "you": "თქვენ გთხოვთ თქვენი",
        "cookies": "cookie ქუქი",
        "switch": "ჩართ გამორთ javascript ბრაუზერ",
        "agree": "თანხმ დათანხმ მიღებ არჩევ",
        "data": "პარტნიორ რეკლამ მონაცემ",
        "place": "ქვეყან რეგიონ",
        "rule": "კანონ სასამართლ უფლებ",
        "age": "ასაკ 18",
        "human": "ადამიან რობოტ captcha დაადასტურ ვამოწმებ",
        "unshown": "ხელმისაწვდომ მიუწვდომ",
        "back": "ტექნიკურ დროებით მალე სამუშაო მოგვიანებით",
    },
    "ar": {
        "ask": "وصول طلب صفحة رابط اتصال موقع محتوى دخول مواد",
        "refused": "رفض مرفوض محظور حظر ممنوع منع مقيد مشبوه حجب محجوب",
        "you": (
            "يرجى الرجاء نرجو فضلك لديك بك متصفحك طلبك بلدك منطقتك موافقتك عمرك اختيارك المسؤول "
            "أنك لك إليك تحاول يمكنك حاول الخاص نعتذر نأسف"
        ),
        "cookies": "cookie كوكيز ارتباط",
        "switch": "تفعيل تمكين معطل تعطيل javascript متصفح جافا إيقاف",
        "agree": "موافق قبول أوافق اختيار خصوصية خيار",
        "data": "شركاء بيانات إعلان اشتراك ارتباط",
        "place": "بلد دولة منطقة بلدك دولتك منطقتك بلادك",
        "rule": "قانون محكمة سلطات حقوق قرار سياسة",
        "age": "عمر 18 سن ١٨",
        "human": (
            "فحص أمني نتحقق انتظار إنسان روبوت بشر captcha آلي تحقق تأكيد تأكد ثوان ثانية بضع لحظة"
        ),
        "unshown": "متاح متوفر",
        "back": "صيانة مؤقت قريبا لاحقا متوقف عودة سنعود تحديث أعمال",
        "net": "ip vpn بروكسي",
    },
    "fa": {
        "ask": "دسترسی درخواست صفحه نشانی سایت محتوا اتصال",
        "refused": "رد مسدود ممنوع غیرمجاز محدود مشکوک فیلتر",
        "you": "شما لطفا لطفاً مرورگرتان کنید مدیر خود توانید شوید نمایید",
        "cookies": "cookie کوکی",
        "switch": "فعال غیرفعال javascript مرورگر جاوا خاموش",
        "agree": "رضایت موافق پذیر انتخاب حریم",
        "data": "شرکا داده تبلیغ کوکی اشتراک",
        "place": "کشور منطقه موقعیت خارج",
        "rule": "قانون دادگاه حقوق دستور مقامات",
        "age": "سن 18 ۱۸",
        "human": "انسان ربات captcha خودکار تایید تأیید بررسی ثانیه چند لحظه",
        "unshown": "دسترس پذیر",
        "back": "تعمیر بروزرسانی موقت زودی رسانی بعدا مراجعه تعمیرات دقایقی",
        "net": "ip vpn فیلترشکن آی‌پی آی پروکسی",
    },
    "he": {
        "ask": "גישה בקשה בקשת עמוד דף כתובת אתר תוכן חיבור",
        "refused": "נדחתה נחסמה חסומ נחסם אסור מוגבל חשוד נדח",
        "you": "אתה אתם שלך שלכם אנא נא לך פנה פנו נסו נסה חזרו אשרו אינכם שאינכם",
        "cookies": "cookie עוגיות קוקי",
        "switch": "הפעל הפעיל כבוי מושבת javascript דפדפן לאפשר אפשר",
        "agree": "הסכמ הסכים מסכים אישור בחירה פרטיות קבל",
        "data": "שותפ פרסומ נתונ מידע עוגיות מנוי",
        "place": "מדינ אזור מיקום",
        "rule": "חוק משפט רשויות זכויות צו",
        "age": "גיל 18",
        "human": (
            "אבטחה בדיקת המתינו אדם אנושי רובוט בוט captcha אמת אשר בודק שניות כמה רגע אינכם אשרו"
        ),
        "unshown": "זמינ זמין",
        "back": "תחזוקה זמנית בקרוב שיפוצים מאוחר עבודות",
        "net": "ip ה-ip vpn פרוקסי",
    },
    "ur": {
        "ask": "رسائی درخواست صفحہ سائٹ لنک",
        "refused": "مسترد بلاک ممنوع محدود",
        "you": "آپ براہ کریں",
        "cookies": "cookie کوکیز",
        "switch": "فعال غیر javascript براؤزر",
        "agree": "رضامند قبول منظور اجازت",
        "data": "اشتہار ڈیٹا شراکت",
        "place": "ملک علاقے خطے",
        "rule": "قانون عدالت حقوق",
        "age": "عمر 18",
        "human": "انسان روبوٹ captcha",
        "unshown": "دستیاب",
        "back": "مرمت عارضی جلد",
    },
    "ku": {
        "ask": "gihîştin daxwaz rûpel malper دەستگەیشتن داواکاری پەڕە ماڵپەڕ",
        "refused": "red asteng qedexe ڕەت ڕەتکرایەوە بلۆک قەدەغە",
        "you": "hûn we ji-kerema تکایە ئێوە تۆ",
        "cookies": "cookie کووکی کوکی",
        "switch": "çalak javascript gerok چالاک وێبگەڕ",
        "agree": "razî qebûl ڕازی قبوڵ",
        "data": "reklam dane hevpar ڕیکلام داتا",
        "place": "welat herêm وڵات ناوچە",
        "rule": "qanûn dadgeh یاسا دادگا",
        "age": "temen 18 تەمەن",
        "human": "mirov robot مرۆڤ ڕۆبۆت captcha",
        "unshown": "berdest بەردەست",
        "back": "demkî کاتی",
    },
    "hi": {
        "ask": "पहुंच पहुँच अनुरोध पृष्ठ पेज साइट सामग्री एक्सेस अनुमति",
        "refused": "अस्वीकृत अस्वीकार अवरुद्ध ब्लॉक प्रतिबंधित निषिद्ध वर्जित नहीं",
        "you": "आप आपक कृपया",
        "cookies": "cookie कुकी कुकीज़",
        "switch": "सक्षम चालू बंद javascript ब्राउज़र",
        "agree": "सहमत सहमति स्वीकार विकल्प गोपनीयता",
        "data": "विज्ञापन डेटा भागीदार साझेदार",
        "place": "देश क्षेत्र",
        "rule": "कानून कानूनी न्यायालय अधिकार",
        "age": "आयु उम्र 18",
        "human": "मानव इंसान रोबोट captcha सत्यापित जाँच सेकंड",
        "unshown": "उपलब्ध",
        "back": "रखरखाव अस्थायी जल्द बाद फिर समय",
    },
    "id": {
        "ask": "akses permintaan halaman url koneksi situs konten laman capaian",
        "refused": (
            "ditolak diblokir dilarang dibatasi mencurigakan disekat dihalang terlarang "
            "tidak-dapat terindikasi negatif"
        ),
        "you": "anda silakan silahkan mohon sila kamu hubungi kami hendak",
        "cookies": "cookie kuki",
        "switch": "aktifkan dinonaktifkan javascript peramban browser izinkan dayakan pelayar",
        "agree": "setuju persetujuan terima pilihan privasi",
        "data": "mitra iklan data cookie",
        "place": "negara wilayah lokasi daerah",
        "rule": "hukum undang pengadilan hak otoritas",
        "age": "usia umur 18 dewasa",
        "human": (
            "manusia robot bot captcha otomatis verifikasi konfirmasi memeriksa detik sebentar"
        ),
        "unshown": "tersedia",
        "back": "pemeliharaan perbaikan sementara segera kembali lagi",
    },
    "vi": {
        "ask": "truy cập yêu trang url kết nội-dung",
        "refused": "từ chối chặn cấm hạn nghi",
        "you": "bạn vui quý",
        "cookies": "cookie",
        "switch": "bật tắt javascript duyệt",
        "agree": "đồng chấp chọn riêng",
        "data": "đối quảng dữ",
        "place": "quốc vực khu",
        "rule": "luật pháp tòa bản-quyền",
        "age": "tuổi 18",
        "human": "người robot captcha tự-động xác xác-minh giây mất vài",
        "unshown": "khả-dụng sẵn",
        "back": "bảo-trì tạm sớm bảo lại",
    },
    "be": {
        "ask": "доступ запыт запыт старонк сайт",
        "refused": "забаронен заблакаван адмоўлен абмежаван",
        "you": "вы вас ваш вашы калі ласка",
        "cookies": "cookie кукі",
        "switch": "уключыце адключыце javascript браўзер",
        "agree": "згод прыма выбар",
        "data": "партнёр рэклам даныя даных",
        "place": "краін рэгіён",
        "rule": "закон суд рашэнн",
        "age": "узрост 18",
        "human": "чалавек робат бот captcha секунд правер",
        "unshown": "недаступн даступн",
        "back": "тэхнічн часова хутка",
    },
    "mk": {
        "ask": "пристап барање страниц сајт содржин",
        "refused": "одбиен блокиран забранет ограничен",
        "you": "вие ве вас ваше вашето молиме",
        "cookies": "cookie колачињ",
        "switch": "овозможете javascript прелистувач",
        "agree": "соглас прифаќам прифат избор",
        "data": "партнер реклам податоц",
        "place": "земја регион",
        "rule": "закон суд одлука",
        "age": "возраст 18",
        "human": "човек робот captcha секунд провер",
        "unshown": "недостап достап",
        "back": "одржување привремен наскоро",
    },
    "sq": {
        "ask": "qasje qasja kërkes faqe faqja sajt përmbajt",
        "refused": "refuz bllok ndaluar kufizuar",
        "you": "ju juaj ju-lutem lutemi jeni",
        "cookies": "cookie",
        "switch": "aktivizo javascript shfletues",
        "agree": "pranoj pëlqim zgjedh",
        "data": "partner reklam të-dhëna",
        "place": "vend shtet rajon",
        "rule": "ligj gjykat vendim",
        "age": "mosh 18",
        "human": "njeri robot captcha sekonda verifik",
        "unshown": "disponueshme",
        "back": "mirëmbajtje përkohësisht",
    },
}

WALLS_UNSPACED: dict[str, dict[str, str]] = {
    "zh": {
        "ask": (
            "访问 訪問 登录 登入 请求 請求 页面 頁面 网站 網站 连接 連線 内容 內容 存取 流量 环境 "
            "账号 帐号 帳號"
        ),
        "refused": (
            "拒绝 拒絕 阻止 拦截 攔截 禁止 封锁 封鎖 受限 限制 异常 異常 可疑 屏蔽 阻断 阻斷 频繁 "
            "頻繁 威胁 封禁"
        ),
        "you": "您 你 请 請 管理员 管理員 此内容 该内容 该账号 该公众号 当前环境",
        "cookies": "cookie",
        "switch": "启用 啟用 开启 開啟 禁用 停用 关闭 關閉 javascript 浏览器 瀏覽器 重试",
        "agree": "同意 接受 选择 選擇 隐私 隱私 许可",
        "data": "合作伙伴 合作夥伴 广告 廣告 数据 資料 个性化 cookie 订阅 訂閱",
        "place": "国家 國家 地区 地區 所在地 区域",
        "rule": "法律 法规 法規 法院 版权 版權 监管 制裁 规定 违规 公约",
        "age": "年龄 年齡 18 成年 十八",
        "human": "人类 人類 真人 机器人 機器人 验证码 驗證碼 验证 驗證 自动 滑块 滑塊 秒 安全检查",
        "unshown": "仅对 不可用 无法使用 無法使用 不提供 无法观看 无法访问 無法存取 无法查看",
        "back": "维护 維護 暂时 暫時 稍后 稍後 升级 敬请谅解 不便 正在升级 再来 升级维护 恢复",
        "net": "ip vpn 代理 防火墙 防火牆",
    },
    "ja": {
        "ask": "アクセス リクエスト ページ サイト 接続 コンテンツ 要求 ネットワーク",
        "refused": "拒否 ブロック 禁止 制限 遮断 不審 異常 許可されていません",
        "you": "ください お客様 あなた 下さい 管理者 お問い合わせ お住まい お使いの お試し",
        "cookies": "cookie クッキー",
        "switch": "有効 無効 オン オフ javascript ブラウザ",
        "agree": "同意 許可 選択 承諾 プライバシー",
        "data": "パートナー 広告 データ 情報 cookie 購読",
        "place": "国 地域 所在地 お住まい",
        "rule": "法律 法令 裁判所 著作権 規制",
        "age": "年齢 18 歳 成人 成人向け 年齢確認",
        "human": "人間 ロボット ボット captcha 自動 確認 証明 数秒 お待ちください セキュリティ",
        "unshown": (
            "利用できません ご利用いただけません 視聴できません 閲覧できません 表示できません"
        ),
        "back": "メンテナンス 一時的 しばらく 再度 ご不便 混み合って 集中して 時間がかかって",
        "net": "ip vpn プロキシ",
    },
    "ko": {
        "ask": "접근 접속 요청 페이지 사이트 연결 콘텐츠 액세스 트래픽 웹방화벽 이용 서비스",
        "refused": "거부 차단 금지 제한 의심 비정상 차단되",
        "you": (
            "주십시오 주세요 귀하 고객님 바랍니다 사용자님 관리자 하십시오 해주세요 해당지역 드려 "
            "죄송"
        ),
        "cookies": "쿠키 cookie",
        "switch": "활성 비활성 켜 꺼 javascript 자바스크립트 브라우저 허용",
        "agree": "동의 수락 선택 개인정보",
        "data": "파트너 광고 데이터 쿠키 정보 구독",
        "place": "국가 지역 위치 해당지역",
        "rule": "법률 법원 법령 저작권 규정 방송통신",
        "age": "연령 나이 18 19 성인",
        "human": "사람 로봇 봇 captcha 자동 확인 몇초 확인하는 보안확인 사람인지",
        "unshown": "이용할수없 사용할수없 볼수없 제공되지 제공되지않",
        "back": "점검 일시적 잠시 곧 점검중 다시이용 중단 불편을",
        "net": "ip vpn 프록시",
    },
    "th": {
        "ask": "เข้าถึง คำขอ หน้า เว็บไซต์ การเชื่อมต่อ เนื้อหา",
        "refused": "ปฏิเสธ ถูกบล็อก บล็อก ห้าม จำกัด ระงับ",
        "you": "คุณ กรุณา โปรด ท่าน",
        "cookies": "คุกกี้ cookie",
        "switch": "เปิดใช้ ปิดใช้ ปิดอยู่ javascript เบราว์เซอร์",
        "agree": "ยินยอม ยอมรับ เลือก ความเป็นส่วนตัว",
        "data": "พันธมิตร โฆษณา ข้อมูล คุกกี้",
        "place": "ประเทศ ภูมิภาค พื้นที่",
        "rule": "กฎหมาย ศาล ลิขสิทธิ์ คำสั่ง",
        "age": "อายุ 18 บรรลุนิติภาวะ",
        "human": "มนุษย์ หุ่นยนต์ บอท captcha ตรวจสอบ รอสักครู่",
        "unshown": "ไม่พร้อมใช้งาน ไม่สามารถใช้ได้ ไม่สามารถดู",
        "back": "ปรับปรุง บำรุงรักษา ชั่วคราว",
    },
}
