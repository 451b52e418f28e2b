// corpus: tool=sql; postgres=15
// ---
import {MigrationInterface, QueryRunner} from 'typeorm';

export class AddAlbums1710000000000 implements MigrationInterface {
  name = 'AddAlbums1710000000000';

  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `CREATE TABLE "album" ("id" uuid NOT NULL DEFAULT gen_random_uuid(), "title" text NOT NULL, CONSTRAINT "PK_album" PRIMARY KEY ("id"))`,
    );
    await queryRunner.query(`CREATE INDEX "IDX_album_title" ON "album" ("title")`);
    await queryRunner.query(`ALTER TABLE "album" ADD CONSTRAINT "UQ_album_title" UNIQUE ("title", "id")`);
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`DROP TABLE "album"`);
  }
}
