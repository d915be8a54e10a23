-- Stories are kept in another form, and from now on say in which; those of the former one are kept anew.
TRUNCATE "past_story", "past_story_watermark";
ALTER TABLE "past_story" ADD COLUMN "form" INTEGER NOT NULL;
ALTER TABLE "past_story_watermark" ADD COLUMN "form" INTEGER NOT NULL;
ALTER TABLE "past_story_watermark" DROP CONSTRAINT "past_story_watermark_pkey";
ALTER TABLE "past_story_watermark" ADD CONSTRAINT "past_story_watermark_pkey" PRIMARY KEY ("workspace", "form");
