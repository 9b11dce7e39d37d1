/** Where a person comes from, and the names that people have there. */
export interface Culture {
  readonly country: string
  readonly firstNames: readonly string[]
  readonly lastNames: readonly string[]
}

/** No two first names are alike without their accents, so that every e-mail address is unique. */
export const cultures: readonly Culture[] = [
  {
    country: 'United Kingdom',
    firstNames: ['Zoë', 'Rhys', 'Imogen', 'Callum', 'Siân', 'Alfie', 'Bronwen', 'Fergus'],
    lastNames: ['Ashdown', 'Pemberley', 'Thackray', "O'Hara", 'Lockhart', 'Merriweather', 'Coldwell', 'Garside'],
  },
  {
    country: 'Poland',
    firstNames: ['Łukasz', 'Agnieszka', 'Bartłomiej', 'Małgorzata', 'Jagoda', 'Zbigniew', 'Kinga', 'Radosław'],
    lastNames: ['Wójcik', 'Dąbrowa', 'Źrebiec', 'Gołąbek', 'Śliwa', 'Kępa', 'Brzózka', 'Jaskółka'],
  },
  {
    country: 'Vietnam',
    firstNames: ['Thảo', 'Minh', 'Hương', 'Quân', 'Đức', 'Ngọc', 'Phượng', 'Tuấn'],
    lastNames: ['Nguyễn', 'Trần', 'Phạm', 'Đặng', 'Bùi', 'Võ', 'Huỳnh', 'Dương'],
  },
  {
    country: 'Nigeria',
    firstNames: ['Adaeze', 'Babatunde', 'Chiamaka', 'Ifeanyi', 'Folasade', 'Emeka', 'Títílayọ̀', 'Obinna'],
    lastNames: ['Adébáyọ̀', 'Nwachukwu', 'Ogunleye', 'Eze', 'Balogun', 'Okwuosa', 'Salami', 'Ikenna'],
  },
  {
    country: 'Spain',
    firstNames: ['Íñigo', 'Begoña', 'Martín', 'Rocío', 'Álvaro', 'Nuria', 'Joaquín', 'Inés'],
    lastNames: ['Ibáñez', 'Peñalver', 'Castaño', 'Robledo', 'Muñoz', 'Valverde', 'García Luna', 'Olmedo'],
  },
  {
    country: 'Sweden',
    firstNames: ['Åsa', 'Björn', 'Linnéa', 'Göran', 'Elin', 'Sören', 'Märta', 'Viggo'],
    lastNames: ['Sjöberg', 'Lindqvist', 'Ångström-Ek', 'Nyström', 'Höglund', 'Dahlgren', 'Åkerblom', 'Fors'],
  },
  {
    country: 'India',
    firstNames: ['Ananya', 'Tanvi', 'Lakshmi', 'Vikram', 'Pallavi', 'Arjun', 'Kavitha', 'Siddharth'],
    lastNames: ['Iyer', 'Deshpande', 'Banerjee', 'Kulkarni', 'Menon', 'Chaudhary', 'Raghunathan', 'Joshi'],
  },
  {
    country: 'Türkiye',
    firstNames: ['Ayşe', 'Çağlar', 'Gülşen', 'Yiğit', 'İpek', 'Özgür', 'Defne', 'Işıl'],
    lastNames: ['Yıldırım', 'Öztürk', 'Çelik', 'Kılıç', 'Güneş', 'Şimşek', 'Aydın', 'Toprak'],
  },
  {
    country: 'United States',
    firstNames: ['Delaney', 'Marcus', 'Savannah', 'Tyrone', 'Kaylee', 'Wyatt', 'Brianna', 'Ezekiel'],
    lastNames: ['Hollister', 'Whitfield', 'Beaumont', 'Carraway', 'Tran-Ellison', 'Vance', 'Prescott', 'Mayfield'],
  },
  {
    country: 'Netherlands',
    firstNames: ['Daniëlle', 'Joost', 'Fenna', 'Sjoerd', 'Maaike', 'Thijs', 'Noor', 'Wouter'],
    lastNames: ['van den Berg', 'Hoekstra', 'de Graaf', 'Kuijpers', 'Zijlstra', 'ter Horst', 'Bloem', 'Veenstra'],
  },
  {
    country: 'Brazil',
    firstNames: ['João', 'Luísa', 'Thiago', 'Antônia', 'Caetano', 'Flávia', 'Murilo', 'Beatriz'],
    lastNames: ['Conceição', 'Magalhães', 'Araújo', 'Teixeira', 'Simões', 'Barreto', 'Falcão', 'Pacheco'],
  },
  {
    country: 'Japan',
    firstNames: ['Haruka', 'Kenjirō', 'Yūko', 'Daichi', 'Misaki', 'Shōta', 'Natsumi', 'Takumi'],
    lastNames: ['Satō', 'Ōmori', 'Fujisawa', 'Kobayashi', 'Itō', 'Hasegawa', 'Mizuno', 'Kudō'],
  },
]
