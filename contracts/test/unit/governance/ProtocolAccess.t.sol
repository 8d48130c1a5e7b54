// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";
import {Test} from "forge-std/Test.sol";
import {ProtocolAccess} from "../../../src/governance/ProtocolAccess.sol";
import {CategoryRegistry} from "../../../src/onramp/CategoryRegistry.sol";

contract ProtocolAccessTest is Test {
    uint64 internal constant ADMIN = 0;
    uint64 internal constant GUARDIAN = 1;
    uint64 internal constant GOVERNOR = 2;
    uint32 internal constant HANDOVER = 2 days;
    uint32 internal constant TIMELOCK = 1 days;

    ProtocolAccess internal access;
    CategoryRegistry internal categories;
    address internal admin = makeAddr("admin");
    address internal next = makeAddr("next");
    address internal guardian = makeAddr("guardian");

    function setUp() public {
        vm.warp(1_800_000_000);
        access = new ProtocolAccess(admin, HANDOVER);
        categories = new CategoryRegistry(address(access));
        bytes4[] memory selectors = new bytes4[](1);
        selectors[0] = CategoryRegistry.setLimit.selector;
        vm.startPrank(admin);
        access.setTargetFunctionRole(address(categories), selectors, GOVERNOR);
        access.setRoleGuardian(GOVERNOR, GUARDIAN);
        access.grantRole(GUARDIAN, guardian, 0);
        access.grantRole(GOVERNOR, admin, TIMELOCK);
        vm.stopPrank();
    }

    /* HANDOVER */

    function test_adminIsHandedOverInTwoSteps() public {
        vm.prank(admin);
        access.offerAdmin(next, admin, TIMELOCK);
        uint48 from = uint48(block.timestamp) + HANDOVER;
        assertEq(access.adminOffer().to, next);
        assertEq(access.adminOffer().from, from);
        vm.expectRevert(abi.encodeWithSelector(ProtocolAccess.NotOffered.selector, admin));
        vm.prank(admin);
        access.acceptAdmin();
        vm.warp(from - 1);
        vm.startPrank(next);
        vm.expectRevert(abi.encodeWithSelector(ProtocolAccess.TooEarly.selector, from));
        access.acceptAdmin();
        vm.warp(from);
        access.acceptAdmin();
        vm.stopPrank();
        (bool holds, uint32 delay) = access.hasRole(ADMIN, next);
        assertTrue(holds);
        assertEq(delay, TIMELOCK);
        (holds,) = access.hasRole(ADMIN, admin);
        assertFalse(holds);
        vm.expectRevert(abi.encodeWithSelector(ProtocolAccess.NotOffered.selector, next));
        vm.prank(next);
        access.acceptAdmin();
    }

    function test_offerCanBeTakenBackAndAddASecondAdmin() public {
        vm.startPrank(admin);
        access.offerAdmin(next, admin, 0);
        access.offerAdmin(address(0), address(0), 0);
        vm.stopPrank();
        vm.warp(block.timestamp + HANDOVER);
        vm.expectRevert(abi.encodeWithSelector(ProtocolAccess.NotOffered.selector, next));
        vm.prank(next);
        access.acceptAdmin();
        vm.prank(admin);
        access.offerAdmin(next, address(0), 0);
        vm.warp(block.timestamp + HANDOVER);
        vm.prank(next);
        access.acceptAdmin();
        (bool holds,) = access.hasRole(ADMIN, admin);
        assertTrue(holds);
    }

    function test_adminIsNeverGrantedNorRenounced() public {
        vm.startPrank(admin);
        vm.expectRevert(abi.encodeWithSelector(ProtocolAccess.AdminIsOffered.selector, next));
        access.grantRole(ADMIN, next, 0);
        vm.expectRevert(abi.encodeWithSelector(ProtocolAccess.AdminStays.selector, admin));
        access.renounceRole(ADMIN, admin);
        access.grantRole(ADMIN, admin, TIMELOCK);
        access.renounceRole(GOVERNOR, admin);
        vm.stopPrank();
        (, uint32 delay) = access.hasRole(ADMIN, admin);
        assertEq(delay, TIMELOCK);
    }

    function test_strangersOfferNothing() public {
        vm.expectRevert(
            abi.encodeWithSelector(IAccessManager.AccessManagerUnauthorizedAccount.selector, address(this), ADMIN)
        );
        access.offerAdmin(address(this), address(0), 0);
    }

    function test_adminWithADelayMustScheduleTheOffer() public {
        vm.startPrank(admin);
        access.grantRole(ADMIN, admin, TIMELOCK);
        bytes memory call = abi.encodeCall(ProtocolAccess.offerAdmin, (next, admin, 0));
        bytes32 id = access.hashOperation(admin, address(access), call);
        vm.expectRevert(abi.encodeWithSelector(IAccessManager.AccessManagerNotScheduled.selector, id));
        access.offerAdmin(next, admin, 0);
        access.schedule(address(access), call, 0);
        vm.warp(block.timestamp + TIMELOCK);
        access.execute(address(access), call);
        vm.stopPrank();
        assertEq(access.adminOffer().to, next);
    }

    /* TIMELOCK */

    function test_governanceWaitsAndTheGuardianCancels() public {
        bytes memory call = abi.encodeCall(CategoryRegistry.setLimit, (1, "subject", 5));
        vm.startPrank(admin);
        bytes32 id = access.hashOperation(admin, address(categories), call);
        vm.expectRevert(abi.encodeWithSelector(IAccessManager.AccessManagerNotScheduled.selector, id));
        categories.setLimit(1, "subject", 5);
        access.schedule(address(categories), call, 0);
        vm.expectRevert(abi.encodeWithSelector(IAccessManager.AccessManagerNotReady.selector, id));
        access.execute(address(categories), call);
        vm.stopPrank();
        vm.prank(guardian);
        access.cancel(admin, address(categories), call);
        vm.warp(block.timestamp + TIMELOCK);
        vm.startPrank(admin);
        vm.expectRevert(abi.encodeWithSelector(IAccessManager.AccessManagerNotScheduled.selector, id));
        access.execute(address(categories), call);
        access.schedule(address(categories), call, 0);
        vm.warp(block.timestamp + TIMELOCK);
        access.execute(address(categories), call);
        vm.stopPrank();
        assertEq(categories.limitOf(1, "subject"), 5);
    }
}
